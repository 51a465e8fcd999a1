"""Which steps are a leader's duty? Each step of a loop that evidences one: what kind of duty, on which of the two lines."""

from __future__ import annotations

from guanjian.loops.duty.needs import Kind, Line


def _steps(loop: str, names: str) -> tuple[str, ...]:
    return tuple(f"{loop}.{name}" for name in names.split())


BY_DUTY: dict[tuple[Kind, Line], tuple[str, ...]] = {
    (Kind.TALK, Line.BUSINESS): _steps("urge", "interview"),
    (Kind.TALK, Line.INTEGRITY): (*_steps("duty", "assess confirm"), *_steps("urge", "propose decide")),
    (Kind.INSPECT, Line.BUSINESS): (
        *_steps("rectify", "plan apply close_out look_back end_review reopen"),
        *_steps("fieldwork", "approve send_back"),
        *_steps("answer", "self_check accept send_back"),
        *_steps("alert", "review"),
        *_steps("instruction", "approve evaluate"),
    ),
    (Kind.INSPECT, Line.INTEGRITY): (
        *_steps("oversight", "reply_police reply_customs answer_police answer_customs correct_police correct_customs"),
        *_steps("convert", "verify"),
        *_steps("answer", "answer_lines"),
        *_steps("rulebook", "begin_evaluation keep"),
    ),
    (Kind.CASES, Line.BUSINESS): (
        *_steps("clue", "approve file_criminal file_administrative issue_gap close"),
        *_steps("case", "decide decide_together prosecute close"),
    ),
    (Kind.CASES, Line.INTEGRITY): _steps("convert", "analyse decide approve"),
    (Kind.RISK, Line.BUSINESS): (
        *_steps("alert", "confirm dispose"),
        *_steps("register", "take_on plan report review accept hand_up"),
        *_steps("prompt", "sign_off conclude"),
        *_steps("operation", "conclude"),
    ),
    (Kind.RISK, Line.INTEGRITY): (
        *_steps("preview", "pass_integrity pass_control exempt decide"),
        *_steps("rulebook", "promulgate"),
        *_steps("filing", "examine agree"),
        *_steps("meeting", "sign_customs sign_police close"),
    ),
}
DUTY_OF = {event: duty for duty, events in BY_DUTY.items() for event in events}
