"""The repeated sequences that a seed gives (design, section 4), drawn as src/engine/random.h states:
xoshiro256**, seeded by splitmix64, written from the two published recurrences.
"""

WORD = 2**64 - 1


def rotated(x, k):
    return (x << k | x >> 64 - k) & WORD


def splitmix64(x):
    """Endless 64-bit words."""
    while True:
        x = x + 0x9E3779B97F4A7C15 & WORD
        z = (x ^ x >> 30) * 0xBF58476D1CE4E5B9 & WORD
        z = (z ^ z >> 27) * 0x94D049BB133111EB & WORD
        yield z ^ z >> 31


def xoshiro256(seed):
    words = splitmix64(seed)
    a, b, c, d = (next(words) for _ in range(4))
    while True:
        yield rotated(b * 5 & WORD, 7) * 9 & WORD
        t = b << 17 & WORD
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= t
        d = rotated(d, 45)


def below(n, words):
    """Uniform in 0 .. n - 1: words under 2^64 mod n are drawn again."""
    return next(word for word in words if word >= 2**64 % n) % n


def blocks(seed, count, d_vocab, length):
    """`count` blocks of tokens, none twice in a block: the fronts of shuffles."""
    assert d_vocab >= length
    words = xoshiro256(seed)
    drawn = []
    for _ in range(count):
        tokens = list(range(d_vocab))
        for i in range(length):
            j = i + below(d_vocab - i, words)
            tokens[i], tokens[j] = tokens[j], tokens[i]
        drawn.append(tokens[:length])
    return drawn
