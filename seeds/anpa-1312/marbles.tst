k4471brwgen
r d BC-BRW--MarbleChampion     07-05 0112
^BC-BRW--Marble Champion,112<
^At 81, she takes the marbles title in straight rings<
^Eds: With BRW Photos.<
^By MERRILL TANSLEY=
^Brask Regional Wire=
	   OSTWICK (BRW) _ Dorothea Quimby, 81, won the county marbles title on Saturday without losing a ring.
 
	   ``I aim low,'' said Quimby, a retired glazier, who learned the game in a courtyard behind the gasworks.
 
	   The runner-up, her grandnephew Lyle, is 11.
 
	   BRW-WF-07-05-08 1810GMT<


