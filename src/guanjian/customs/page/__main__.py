"""Print the page."""

from guanjian.customs.page import data_contract

print(data_contract(), end="")
