"""`guanjian search`: verify names what differs, rebuild puts it right."""

from click.testing import CliRunner

from guanjian.cli.search import command
from guanjian.kernel.errors import BadInput
from guanjian.loops.alert.models import Alert
from guanjian.moving.models import Findable
from tests.loops.test_search import one_of


def test_what_differs_is_named_and_put_right(office):
    record = one_of(Alert)
    assert "检索与事项一致" in CliRunner().invoke(command, ["verify"]).output
    Findable.objects.update(words="别")
    refused = CliRunner().invoke(command, ["verify"]).exception
    assert isinstance(refused, BadInput)
    assert record.key in str(refused)
    assert "1 件" in CliRunner().invoke(command, ["rebuild"]).output
    assert CliRunner().invoke(command, ["verify"]).exit_code == 0
