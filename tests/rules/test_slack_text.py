from bot.rules.slack_text import mentioned, plain


def test_plain_is_what_the_person_sees():
    text = "<@U1|kim> &amp; <@U2>: <#C1|센터> &lt;b&gt; <https://a.example/x|click> <!channel> <!date^1^{date}|then>"

    assert plain(text, {"U2": "박주무관"}) == "@kim & @박주무관: #센터 <b> https://a.example/x @channel then"


def test_mentioned_people_come_in_order_each_once():
    assert mentioned("<@U2> <@U1|x> <@U2|y> <#C1> &lt;@U9&gt;") == ["U2", "U1"]
