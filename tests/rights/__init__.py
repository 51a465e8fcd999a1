"""Does every post see and do exactly what the step tables declare, on every page and in the API?"""
