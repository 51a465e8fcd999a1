"""What one person keeps of a queue: a view of it by a name of his own."""

from django.db import models


class SavedView(models.Model):
    """What a queue is asked, kept by one person; the rights are asked anew whenever it is opened."""

    person_id = models.CharField(max_length=40)
    loop = models.CharField(max_length=24)
    name = models.CharField(max_length=30)
    asked = models.CharField(max_length=600)  # the query of the address, as the queue itself writes it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "loop", "name"], name="one_view_of_a_name_to_a_person")
        ]

    def __str__(self) -> str:
        return self.name
