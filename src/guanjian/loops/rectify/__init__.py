"""How is a problem mended so that it stays mended? Plan, evidence, close-out reviewed by another, look-back; recurrence seen."""
