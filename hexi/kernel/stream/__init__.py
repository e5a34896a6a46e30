"""Rules on streams of readings, as data: what is looked for, how it is said, and how one reading moves it on."""
