//! Makes one draft for each place: its id, what it lies in, and where it is.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, bail};
use dateline_gazetteer::{Kind, PlaceId};

use super::counties;
use super::lists::Lists;
use super::middle::Middles;
use super::sources::Sources;

/// A place before names and layout.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) id: PlaceId,
    pub(super) kind: Kind,
    /// The name it is shown under.
    pub(super) name: String,
    /// The source's name where our list shows another, else empty.
    pub(super) source_name: String,
    /// ISO code, or empty.
    pub(super) country: String,
    pub(super) parent: Option<PlaceId>,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    pub(super) population: u32,
    pub(super) is_capital: bool,
}

/// All drafts by id, and the codes by which lists and sources name them.
#[derive(Debug, Default)]
pub(super) struct Places {
    drafts: BTreeMap<PlaceId, Draft>,
    codes: HashMap<String, PlaceId>,
}

impl Places {
    pub(super) fn draft(sources: &Sources, lists: &Lists) -> anyhow::Result<Self> {
        let mut places = Self::default();
        places.add_continents(sources)?;
        let middles = Middles::of(sources, &lists.points);
        places.add_countries(sources, &middles)?;
        places.add_regions(sources, &middles)?;
        let county_of = counties::add(&mut places, sources)?;
        places.add_cities(sources, &county_of)?;
        places.add_own(lists)?;
        places.show(lists)?;
        Ok(places)
    }

    pub(super) fn len(&self) -> usize {
        self.drafts.len()
    }

    /// The drafts by ascending id, which is the order of the table.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Draft> {
        self.drafts.values()
    }

    pub(super) fn get(&self, id: PlaceId) -> Option<&Draft> {
        self.drafts.get(&id)
    }

    /// The place that a list or source means by this code, or by a GeoNames id.
    pub(super) fn by_code(&self, code: &str) -> Option<PlaceId> {
        let by_number = || code.parse().ok().map(PlaceId::from_u32);
        self.codes.get(code).copied().or_else(by_number).filter(|id| self.drafts.contains_key(id))
    }

    pub(super) fn add(&mut self, code: &str, draft: Draft) -> anyhow::Result<()> {
        if let Some(there) = self.drafts.get(&draft.id) {
            bail!("{} is both {} and {}", draft.id, there.name, draft.name);
        }
        self.codes.insert(code.to_owned(), draft.id);
        self.drafts.insert(draft.id, draft);
        Ok(())
    }

    fn add_continents(&mut self, sources: &Sources) -> anyhow::Result<()> {
        for row in &sources.continents {
            let draft = Draft {
                id: PlaceId::from_u32(row.id),
                kind: Kind::Continent,
                name: row.name.clone(),
                source_name: String::new(),
                country: String::new(),
                parent: None,
                latitude: row.lat.parse()?,
                longitude: row.lng.parse()?,
                population: 0,
                is_capital: false,
            };
            self.add(&format!("@{}", row.code), draft)?;
        }
        Ok(())
    }

    fn add_countries(&mut self, sources: &Sources, middles: &Middles) -> anyhow::Result<()> {
        for row in &sources.countries {
            let parent = self.by_code(&format!("@{}", row.continent));
            let continent =
                || parent.and_then(|id| self.get(id)).map(|c| (c.latitude, c.longitude));
            let point = middles.of_code(&row.code).or_else(continent);
            let (latitude, longitude) =
                point.with_context(|| format!("{} is nowhere", row.name))?;
            let name = row.name.trim();
            let draft = Draft {
                id: PlaceId::from_u32(row.id),
                kind: if is_former(&row.code) { Kind::FormerCountry } else { Kind::Country },
                name: name.strip_prefix("The ").unwrap_or(name).to_owned(),
                source_name: String::new(),
                country: row.code.clone(),
                parent,
                latitude,
                longitude,
                population: row.population,
                is_capital: false,
            };
            self.add(&row.code, draft)?;
        }
        Ok(())
    }

    fn add_regions(&mut self, sources: &Sources, middles: &Middles) -> anyhow::Result<()> {
        let mut people: HashMap<String, u32> = HashMap::new();
        for city in &sources.cities {
            let sum = people.entry(city.region_code()).or_default();
            *sum = sum.saturating_add(city.population);
        }
        for row in &sources.regions {
            let code = row.code.as_str();
            let country = code.split('.').next().unwrap_or_default();
            let parent = self.by_code(country);
            let around = || parent.and_then(|id| self.get(id)).map(|c| (c.latitude, c.longitude));
            let point = middles.of_code(code).or_else(around);
            let (latitude, longitude) = point.with_context(|| format!("{code} has no country"))?;
            let made = || PlaceId::from_code(code);
            let draft = Draft {
                id: row.id.map(PlaceId::from_u32).or_else(made).context("no id can be made")?,
                kind: Kind::Region,
                name: row.name.clone(),
                source_name: String::new(),
                country: country.to_owned(),
                parent,
                latitude,
                longitude,
                population: people.get(code).copied().unwrap_or_default(),
                is_capital: false,
            };
            self.add(code, draft)?;
        }
        Ok(())
    }

    fn add_cities(
        &mut self,
        sources: &Sources,
        county_of: &HashMap<u32, PlaceId>,
    ) -> anyhow::Result<()> {
        let capitals: HashMap<&str, &str> =
            sources.countries.iter().map(|c| (c.code.as_str(), c.capital.trim())).collect();
        for row in &sources.cities {
            let above = county_of.get(&row.id);
            let above = above.or_else(|| self.codes.get(&row.region_code()));
            let draft = Draft {
                id: PlaceId::from_u32(row.id),
                kind: Kind::City,
                name: row.name.trim().to_owned(),
                source_name: String::new(),
                country: row.country.clone(),
                parent: above.or_else(|| self.codes.get(&row.country)).copied(),
                latitude: row.latitude,
                longitude: row.longitude,
                population: row.population,
                is_capital: capitals.get(row.country.as_str()) == Some(&row.name.trim()),
            };
            self.add(&row.id.to_string(), draft)?;
        }
        Ok(())
    }

    /// Gives places the names that our list shows them under; the source's name stays one of theirs.
    fn show(&mut self, lists: &Lists) -> anyhow::Result<()> {
        for row in lists.names.iter().filter(|row| row.is_shown) {
            let id = self.by_code(&row.place);
            let draft = id.and_then(|id| self.drafts.get_mut(&id));
            let draft = draft.with_context(|| format!("{}: no such place", row.place))?;
            draft.source_name = std::mem::replace(&mut draft.name, row.name.clone());
        }
        Ok(())
    }

    fn add_own(&mut self, lists: &Lists) -> anyhow::Result<()> {
        for row in &lists.places {
            let within = |code: &String| {
                self.by_code(code).with_context(|| format!("{}: no {code}", row.code))
            };
            let parent = row.within.as_ref().map(within).transpose()?;
            let above = parent.and_then(|id| self.get(id));
            let country = above.map(|above| above.country.clone()).unwrap_or_default();
            let draft = Draft {
                id: PlaceId::from_code(&row.code).context("no id can be made")?,
                kind: row.kind,
                name: row.name.clone(),
                source_name: String::new(),
                country,
                parent,
                latitude: row.latitude,
                longitude: row.longitude,
                population: 0,
                is_capital: false,
            };
            self.add(&row.code, draft)?;
        }
        Ok(())
    }
}

/// GeoNames' list still has two that are no more: the Netherlands Antilles, and Serbia and Montenegro.
fn is_former(country: &str) -> bool {
    matches!(country, "AN" | "CS")
}
