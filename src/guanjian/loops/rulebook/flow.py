"""The step table of 制度立改废 (B5, domain §6.1): decided, published, in force from its day, evaluated, amended, repealed."""

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.rulebook import needs, rules
from guanjian.org.posts import Post

PROPOSED = "默认参数（制度立改废），待本单位核定 · proposed default"


class S(Names):
    """The states of a rule."""

    DECIDED = "decided", "已决定待公布", "Decided, to be published"
    PROMULGATED = "promulgated", "已公布待施行", "Published, not yet in force"
    IN_FORCE = "in_force", "施行中", "In force"
    EVALUATING = "evaluating", "执行考评中", "Its execution is evaluated"
    AMENDING = "amending", "修订中", "Being amended"
    REPEALING = "repealing", "废止程序中", "Being repealed"
    TO_REPEAL = "to_repeal", "已决定废止待公布", "Repeal decided, to be published"
    ENDING = "ending", "已公布废止待失效", "Repeal published, still in force"
    REPEALED = "repealed", "已失效", "Repealed"
    STRUCK = "struck", "不予入册", "Not taken over"


HEADS = (Post.LEADER,)
KEEPERS = (Post.FUNCTION, Post.OVERSIGHT)
BY_ITSELF = (Post.SYSTEM,)
LIVING = (S.IN_FORCE, S.EVALUATING)

LIFE = (
    Step("promulgate", Text("公布", "Publish"), (S.DECIDED,), S.PROMULGATED, by=HEADS, needs=needs.PROMULGATION,
         bar=rules.from_gates, rule=rules.published_well, weight="grave",
         help=Text("公布的是经七道程序决定的文本；到施行日自动生效。",
                   "What was decided is published as it is; it comes into force by itself on its day.")),
    Step("take_over", Text("核对入册", "Check and take over"), (S.DECIDED,), S.IN_FORCE, by=(Post.OVERSIGHT,),
         needs=(needs.CHECKED,), bar=rules.of_old, weight="main"),
    Step("strike", Text("不予入册", "Do not take over"), (S.DECIDED,), S.STRUCK, by=(Post.OVERSIGHT,), needs=(needs.REASON,),
         bar=rules.only_of_old, weight="grave"),
    Step("take_effect", Text("到期施行", "Comes into force"), (S.PROMULGATED,), S.IN_FORCE, by=BY_ITSELF,
         bar=rules.day_has_come),
)  # fmt: skip
EXECUTION = (
    Step("begin_evaluation", Text("开始执行考评", "Begin the evaluation"), (S.IN_FORCE,), S.EVALUATING, by=(Post.OVERSIGHT,),
         needs=needs.PERIOD, rule=rules.period_is_over, weight="main",
         help=Text("系统按制度所列控制检验考评期内的数据，执行率不由人填写。",
                   "The controls that the rule names are asked of the data: nobody types the share.")),
    Step("measure", Text("检验执行情况", "Measure the execution"), (S.EVALUATING,), None, by=BY_ITSELF, needs=needs.MEASURED,
         bar=rules.not_measured_yet),
    Step("keep", Text("考评通过，继续施行", "Evaluate and keep"), (S.EVALUATING,), S.IN_FORCE, by=(Post.OVERSIGHT,),
         needs=needs.EVALUATION, bar=rules.is_measured, rule=rules.graded_as_measured, weight="main"),
)  # fmt: skip
CHANGE = (
    Step("call_for_amendment", Text("提出修订", "Call for an amendment"), LIVING, S.AMENDING,
         by=(*KEEPERS, Post.SYSTEM), needs=(needs.REASON,),
         help=Text("修订同样须经七道程序；在新版施行前，现行版继续有效。",
                   "An amendment passes the seven gates too; until then the present version holds.")),
    Step("adopt_amendment", Text("修订已决定", "The amendment is decided"), (S.AMENDING,), S.DECIDED, by=BY_ITSELF,
         needs=needs.ADOPTED),
    Step("call_for_repeal", Text("提出废止", "Call for its repeal"), LIVING, S.REPEALING, by=KEEPERS, needs=(needs.REASON,)),
    Step("adopt_repeal", Text("废止已决定", "The repeal is decided"), (S.REPEALING,), S.TO_REPEAL, by=BY_ITSELF),
    Step("drop", Text("未获通过，继续施行", "Not adopted: it stays"), (S.AMENDING, S.REPEALING), S.IN_FORCE, by=BY_ITSELF,
         needs=(needs.REASON,)),
    Step("repeal", Text("公布废止", "Publish the repeal"), (S.TO_REPEAL,), S.ENDING, by=HEADS, needs=needs.REPEAL,
         rule=rules.nothing_is_lost, weight="grave",
         help=Text("引用本制度的控制、参数、培训和制度逐项写明去向，一项不漏。",
                   "Each control, parameter, training and rule that cites it gets its fate; none is lost.")),
    Step("lapse", Text("到期失效", "Ceases to hold"), (S.ENDING,), S.REPEALED, by=BY_ITSELF, bar=rules.last_day_is_over),
)  # fmt: skip


def _limit(state: S, amount: int, unit: str, until: str = "") -> Wait:
    return Wait(state, Limit(amount, unit, PROPOSED, f"limit.rulebook.{state}"), until=until)


FLOW = Flow(
    "rulebook",
    Text("制度立改废", "Rules"),
    S.DECIDED,
    (S.REPEALED, S.STRUCK),
    steps=(*LIFE, *EXECUTION, *CHANGE),
    waits=(
        _limit(S.DECIDED, 20, "wd"),
        _limit(S.PROMULGATED, 1, "y", "in_force_on"),
        _limit(S.IN_FORCE, 1, "y"),
        _limit(S.EVALUATING, 30, "wd"),
        _limit(S.AMENDING, 6, "m"),
        _limit(S.REPEALING, 6, "m"),
        _limit(S.TO_REPEAL, 20, "wd"),
        _limit(S.ENDING, 1, "y", "repealed_on"),
    ),
    readers=(Post.FRONTLINE, Post.SECTION_CHIEF, Post.HOUSE_LEADER, Post.RISK, Post.POLICE, Post.POLICE_LEGAL,
             Post.POLICE_LEADER),
    opens=(Post.FUNCTION,),
    opening=needs.OPENING,
)  # fmt: skip
