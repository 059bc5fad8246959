"""The words that mark a line of a meeting; compared without spaces and case. Before a colon, behind `#`, or alone."""

import re
from enum import StrEnum

from bot.rules.minutes.tree import Choice, Consent


class Act(StrEnum):
    """What a marked line does."""

    TOPIC = "topic"
    SUBTOPIC = "subtopic"
    DECISION = "decision"
    REJECTED = "rejected"
    OPEN = "open"
    PROPOSAL = "proposal"
    ACTION = "action"
    FACT = "fact"
    IDEA = "idea"
    LINK = "link"
    ATTACHMENT = "attachment"  # 붙임: what goes with the document, and in how many copies
    HELP = "help"
    VOTE = "vote"  # `찬성: …`, `#vote +1`, `표결: …`
    CLOSE = "close"  # the votes decide on what was proposed
    PRESENT = "present"
    OBSERVING = "observing"
    PROXY = "proxy"
    ABSENT = "absent"
    CHAIR = "chair"
    NOT_PRESENT = "not-present"  # `present-`, `regrets-`
    NOT_CHAIR = "not-chair"
    HERE = "here"  # the writer; `#here 정하늘` also tells the writer's name
    SCRIBE = "scribe"
    NOT_SCRIBE = "not-scribe"
    NAME = "name"  # of the meeting
    FILE_NAME = "file-name"  # MeetBot's `#meetingname`: what its files are called
    DATE = "date"
    AGENDA = "agenda"  # where it stands
    START = "start"
    END = "end"
    UNDO = "undo"
    NOTHING = "nothing"  # said to a tool, not to the meeting
    OFF = "off"


def _table(**words: str) -> dict[str, Act]:
    return {word: Act[name] for name, listed in words.items() for word in listed.split()}


HEADS: dict[str, Act] = _table(
    TOPIC="안건 의제 논의안건 심의안건 보고안건 topic",
    SUBTOPIC="세부 세부안건 세부사항 subtopic sub-topic",
    DECISION="결정 결정사항 합의 합의사항 의결 의결사항 가결 decision decided agreed resolved resolution",
    REJECTED="부결 rejected",
    OPEN="보류 leftopen inconclusive",
    PROPOSAL="제안 동의안 proposal proposed proposedresolution proposeddecision",
    ACTION="할일 조치 조치사항 action todo actionitem",
    FACT="정보 info",
    IDEA="아이디어 idea",
    LINK="링크 link",
    ATTACHMENT="붙임 붙임문서 attachment attachments",
    VOTE="찬성 반대 기권 표결 투표 표결결과 투표결과 votes vote",
    PRESENT="참석 참석자 present present+ attendees",
    OBSERVING="배석 배석자 guest guests guest+ guests+",
    PROXY="대리 대리참석",
    ABSENT="불참 불참자 regrets regrets+ regret regret+ absent",
    CHAIR="사회 주재 chair chairs chair+ chairs+",
    NOT_PRESENT="present- guest- guests- regrets- regret-",
    NOT_CHAIR="chair- chairs-",
    SCRIBE="scribe scribe+ scribenick scribenick+",
    NOT_SCRIBE="scribe- scribenick-",
    NAME="회의명 meeting",
    DATE="date",
    AGENDA="agenda",
    OFF="기록제외 오프 오프더레코드 off offtherecord 비공개 confidential",
)

ONLY_SCRIBED = frozenset(
    {"meeting", "date", "agenda", "guest", "guests"}
)  # markers at the W3C; elsewhere people mean the words, or a label

HASHES: dict[str, Act] = {word: act for word, act in HEADS.items() if word not in ONLY_SCRIBED} | _table(
    TOPIC="topic 안건 의제",
    SUBTOPIC="subtopic progress",
    DECISION="agreed agree accepted decision",
    REJECTED="rejected failed",
    OPEN="inconclusive",
    PROPOSAL="motion proposed propose startvote",
    HELP="help halp",
    VOTE="vote",
    CLOSE="close endvote",
    HERE="here",
    PRESENT="nick",
    CHAIR="chair",
    NOT_CHAIR="unchair",
    NAME="meetingtopic",
    FILE_NAME="meetingname",
    START="startmeeting",
    END="endmeeting 회의종료",
    UNDO="undo 취소",
    NOTHING="save lurk unlurk commands restrictlogs addvoter votesrequired showvote voters private unprivate replay",
)

ALONE: dict[str, Act] = _table(
    END="회의종료 회의를종료합니다 회의끝 endmeeting endofmeeting meetingadjourned adjourned"
)

NOT_DISCLOSED = frozenset(
    {"비공개", "confidential"}
)  # an office means "recorded but not disclosed"; it is not kept either

CHOICES: dict[str, Choice] = {
    **dict.fromkeys(
        "찬성 찬성합니다 찬성함 찬성입니다 가 +1 yes aye for infavor infavour favor favour".split(), Choice.YES
    ),
    **dict.fromkeys("반대 반대합니다 반대함 반대입니다 부 -1 no nay against opposed".split(), Choice.NO),
    **dict.fromkeys("기권 기권합니다 기권함 ±0 +0 -0 0 abstain abstained abstention".split(), Choice.ABSTAIN),
}
CONSENTS: dict[str, Consent] = {
    **dict.fromkeys(
        "이의없음 이의없습니다 이의없이가결 이의없이의결 noobjection noobjections".split(), Consent.NO_OBJECTION
    ),
    **dict.fromkeys(
        "만장일치 만장일치로가결 만장일치로의결 만장일치찬성 전원찬성 전원동의 unanimous".split(), Consent.UNANIMOUS
    ),
}

TITLES = """교수 부교수 조교수 총장 부총장 처장 부처장 학장 원장 부원장 센터장 단장 부단장 실장 팀장 과장 국장 부장 차장 계장 소장
본부장 군수 부군수 시장 부시장 도지사 담당관 사무관 서기관 이사관 주무관 행정관 연구관 연구사 연구원 박사 간사 위원 위원장 의원 의장 대표
이사 상무 전무 사장 회장 대리 사원 주임 선임 책임 수석 조교 강사 변호사 회계사 행정원 팀원 매니저 면장 읍장 professor director manager
researcher officer dean head mayor governor""".split()
"""직위: what follows a name; longer ones end with these (선임연구원, 기획팀장)."""

DEPARTMENT_ENDS = (
    "실",
    "과",
    "부",
    "팀",
    "처",
    "센터",
    "단",
    "국",
    "대학",
    "대학원",
    "학부",
    "사업소",
    "위원회",
    "연구소",
    "연구원",
    "의회",
)
PROXY_WORDS = ("대리", "대참", "proxy")

TO_A_TOOL = re.compile(
    r"""(?:
        zakim|rrsagent|trackbot|agendabot|ghurlbot|github-bot|scribejs|gb|meetbot|ubottu|supybot
    )[,:]\s | (?:q|queue|agenda\d*)\s?[-+=?] | [-+]\s?q\b | q$ | (?:chair\s+)?(?:ack|recognize)s?\s\w+ | (?:vqueue|vq|qv)\?
    | (?:take\s+up\s+|open\s+|move\s+to\s+|next\s+|close\s+|drop\s+|skip\s+|delete\s+)(?:this\s+)?agend(?:um|a)\b
    | agend(?:um|a)\s+\d+$ | clear\s+(?:the\s+)?agenda$ | recording\s+(?:is\s+starting|starts|ends)\b
    | (?:scribeoptions|repos?|repositor(?:y|ies)|previous\s+meeting|next\s+meeting|recording|slides?(?:et)?|namedanchorhere
        |issue|github(?:\s+topic)?)\s?:""",
    re.VERBOSE | re.IGNORECASE,
)
"""What people at the W3C say to the tools that listen (scribe.perl leaves it out of minutes too)."""
