"""Do the lenses say what a plain reading of the same rows says?"""
