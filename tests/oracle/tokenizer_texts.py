"""The texts of tokenizer_goldens.py: of every kind that a tokenizer has been known to get wrong, put
together from our own sentences and from random characters by a seeded generator."""
import random

ENGLISH = [
    "The lamp on the stairs went out again, so we counted the steps aloud.",
    "I'd have called you, but they'd said you weren't in; it's all right now.",
    "She'll bring 3 loaves, 12 eggs and 250 g of butter at 7:45.",
    "\"Who's there?\" asked the ferryman. 'Only us,' we answered -- 'the same as yesterday.'",
    "Mr O'Neill's dog barks at rain; nobody knows why (least of all Mr O'Neill).",
    "Dear Ms Okafor,\n\nthank you for your letter of 4 May. We've read it twice.\n\nYours, R.",
    "naïve café owners, a façade, an über-long résumé, Zoë and Søren",
    "WE'RE CLOSED. Don't knock; you've been told! It'S what it is, they'LL see.",
]
OTHERS = [
    "河边的灯一盏一盏地亮了，孩子们还不肯回家。",
    "他买了3斤苹果、12个梨，一共花了４５.6元。",
    "昨天下雨了吗？没有，只是起了雾……",
    "橋の上で犬が待っている。カタカナとひらがなと漢字、全角　空白。",
    "「もう１２時だよ」と彼女は言った。ｶﾞｷﾞｸﾞ",
    "강가에 바람이 불어요. 오늘은 3월 5일입니다.",
    "Лодка стояла у берега; никто её не видел.",
    "Το καράβι έφυγε στις 8, χωρίς φώτα.",
    "ذهبنا إلى النهر في الساعة ٤:٣٠ صباحًا.",
    "नदी के किनारे १२ नावें थीं।",
    "แม่น้ำไหลช้าๆ ตอนเช้า ๓ โมง",
    "Dòng sông chảy về phía đông, nước rất trong.",
    "שבע סירות על הנהר, ואף אחת לא שלנו.",
]
CODE = [
    "def area(r):\n    return 3.14159 * r ** 2\n",
    "for (int i = 0; i < n; ++i) {\n\tsum += a[i] * b[i];  // dot\n}\n",
    "<p class=\"note\">&nbsp;x &amp; y</p>\r\n<br/>\r\n",
    "{\"id\": 17, \"tags\": [\"a\", \"b\"], \"x\": -1.5e-10, \"ok\": true}",
    "SELECT name, COUNT(*) FROM boats WHERE year >= 1999 GROUP BY name;",
    "https://example.org/a/b?c=d&e=%20#f  user_name@host.example",
    "\\frac{\\partial L}{\\partial W_{OV}} = \\sum_i A_{ij} x_j^{\\top}",
    "if x is None:\n\n\n        raise ValueError(f'{x!r} isn''t a number')",
]
BLANKS = [" ", "  ", "   ", " " * 7, " " * 24, "\t", "\t\t", "\n", "\n\n", "\r\n", "\r", "\v", "\f",
          "\x85", "\xa0", "\u1680", "\u2003", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f",
          "\u3000"]
LIKE_BLANKS = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u180e", "\x1c", "\x1d", "\x1e",
               "\x1f", "\0", "\x7f", "\xad"]
EMOJI = ["🤗", "👩‍👩‍👧", "👍🏽", "🇬🇧", "🇨🇳", "❤️", "☃", "1️⃣", "🏴\U000e0067\U000e0062\U000e007f", "🧑🏿‍🚀", "🫠"]
CONTRACTIONS = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d", "'S", "'T", "'RE", "'Ve", "'LL", "'D",
                "'ſ", "’s", "'", "''", "'x", "'lL", "'rest", "'ver", "'dm"]
NUMBERS = ["0", "7", "42", "999", "1234", "12345", "3.14", "1,000,000", "٣٤", "१२", "๓", "四", "½",
           "²³", "①", "Ⅷ", "𝟘𝟙", "１２", "〇", "\u0c66", "\U0001e5f1", "\U00011de0"]
MARKS = ["\u0301", "\u0300\u0316", "\u0316\u0300", "\u0345", "\u0327", "\u0334", "\u20dd", "\u0903",
         "\u093c", "\u3099", "\u05b0", "\u0651", "\u0c3c", "\u07fd", "\u1ac0", "\u1dfa", "\u11a8",
         "\u1161", "\u1100", "\U00011930", "\U00011935"]
LETTERS = ["a", "e", "o", "A", "Z", "é", "ß", "ſ", "ǅ", "ʰ", "ẛ", "\u212b", "\u2126", "K", "가", "か",
           "क", "Ⓐ", "ª", "𝒳", "\u1c89", "\ua7cb", "\U00013460", "\U0002ebf0", "中", "_", "‿"]
SIGNS = [".", ",", "...", "!", "?!", "-", "--", "—", "(", ")", "[", "{", "/", "\\", "#", "@", "$",
         "€", "+", "=", "<", ">", "|", "~", "^", "`", "\"", "“", "。", "、", "…", "·", "«", "\ufffd"]


def code_point(rng):
    """Any scalar value, the lower planes more often."""
    while True:
        c = rng.randrange(rng.choice([0x80, 0x300, 0x3000, 0x10000, 0x20000, 0x110000]))
        if not 0xD800 <= c <= 0xDFFF:
            return chr(c)


def mixture(rng, lists, most):
    return "".join(rng.choice(rng.choice(lists)) for _ in range(rng.randint(1, most)))


def words(rng, sentences, most):
    """Some words of some sentences, with blanks that may differ."""
    pieces = rng.choice(sentences).split(" ")
    start = rng.randrange(len(pieces))
    blank = rng.choice([" "] * 6 + ["  ", "\n", "\t", "", "\u3000"])
    return blank.join(pieces[start:start + rng.randint(1, most)])


KINDS = {
    "English": lambda rng: words(rng, ENGLISH, 12) + rng.choice(["", " ", "\n", ".", "  "]),
    "other languages": lambda rng: words(rng, OTHERS, 6) + words(rng, OTHERS + ENGLISH, 3),
    "code": lambda rng: words(rng, CODE, 12) + rng.choice(CODE)[:rng.randint(0, 30)],
    "blanks": lambda rng: mixture(rng, [BLANKS, BLANKS, LIKE_BLANKS, LETTERS, SIGNS], 14),
    "emoji": lambda rng: mixture(rng, [EMOJI, EMOJI, LETTERS, BLANKS, LIKE_BLANKS], 8),
    "contractions": lambda rng: mixture(rng, [CONTRACTIONS, LETTERS, BLANKS[:1], NUMBERS], 12),
    "numbers": lambda rng: mixture(rng, [NUMBERS, NUMBERS, LETTERS, SIGNS, BLANKS[:2]], 12),
    "marks": lambda rng: mixture(rng, [MARKS, MARKS, LETTERS, BLANKS], 14),
    "signs": lambda rng: mixture(rng, [SIGNS, SIGNS, LETTERS, BLANKS, NUMBERS], 20),
    "all": lambda rng: mixture(rng, [ENGLISH, OTHERS, CODE, BLANKS, EMOJI, NUMBERS, MARKS], 4),
    "code points": lambda rng: "".join(code_point(rng) for _ in range(rng.randint(1, 20))),
    "bytes": lambda rng: rng.randbytes(rng.randint(1, 40)).decode("utf8", "replace"),
    "long words": lambda rng: (rng.choice(LETTERS + ["ab", "the", "ha", "xyz"]) *
                               rng.randint(20, 120))[:300],
}


def make(seed, of_each):
    """`of_each` texts of each kind."""
    rng = random.Random(seed)
    return [kind(rng) for kind in KINDS.values() for _ in range(of_each)]
