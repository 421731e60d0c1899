"""Texts as people have them: from arguments, files and pipes, in any bytes."""
from harness import expect, ids_of
from models import Model, byte_tokenizer


def byte_model(program, merges=(), **options):
    tokenizer = byte_tokenizer(merges, **options)
    d_vocab = len(tokenizer["model"]["vocab"])
    return Model.random(6, d_vocab=d_vocab, n_ctx=600).write(program.path(), tokenizer=tokenizer)


def bytes_of(tokens):
    return b"".join(bytes.fromhex(t["bytes"]) if "bytes" in t else t["text"].encode()
                    for t in tokens)


def ids(program, model, *source, **options):
    return ids_of(program.json("tokens", "--model", model, *source, **options)["tokens"])


def test_a_text_is_taken_byte_for_byte(program):
    model = byte_model(program)
    for text in ["a", " a ", "a\n", "\r\n", "-", "--text", "--json", "--ids=1", "[a]", "[a,b]", "{}",
                 '"', "%%", "a=b", "é", "e\u0301", "🤗", "\ufeff", "\ufffd", "a\u0085b", "-h", "'"]:
        want = list(text.encode())
        expect(ids(program, model, "--text", text) == want, repr(text))
        expect(ids(program, model, f"--text={text}") == want, repr(text))
        expect(ids(program, model, "--text-file", "-", stdin=text.encode()) == want, repr(text))


def test_bytes_that_are_no_utf8_become_replacement_characters(program):
    """In argv, from a pipe and from a file alike; one for each part, as browsers do."""
    model = byte_model(program)
    for data, want in [(b"\xff", "\ufffd"), (b"a\xe4\xb8b", "a\ufffdb"),
                       (b"\xed\xa0\x80", "\ufffd" * 3), (b"\xf0\x9f\xa4", "\ufffd"),
                       (b"\xc0\xaf", "\ufffd\ufffd"), (b"\x80a", "\ufffda")]:
        expect(ids(program, model, "--text", data) == list(want.encode()), repr(data))
        expect(ids(program, model, "--text-file", "-", stdin=data) == list(want.encode()),
               repr(data))


def test_characters_of_several_tokens_keep_their_bytes(program):
    """Kind T03: U+FFFD that was typed is not U+FFFD that stands for part of a character."""
    model = byte_model(program, [("t", "h")])
    for text in ["🤗", "中文e\u0301", "a\ufffdb", "the 中 th\U0001f469\u200d\U0001f467"]:
        tokens = program.json("tokens", "--model", model, "--text", text)["tokens"]
        expect(bytes_of(tokens) == text.encode(), repr(text))
        for token in tokens:
            expect("bytes" not in token or "\ufffd" in token["text"], str(token))


def test_the_shipped_tokenizer_gives_every_text_back(program):
    for text in ["The cat  sat.\n\n\tif (x) {", "it's IT'S o'clock 1234567890 12,345.67",
                 "你好　世界。3个苹果 ²³ ½", "汉字漢字かなカナ한글", "naïve café e\u0301",
                 "\u200b\u200bzero\xa0width\u202e", "x" * 100, "a\0b\x7f\x80"]:
        tokens = program.json("tokens", "--model", "models/two-layer", "--text-file", "-",
                              stdin=text.encode())["tokens"]
        expect(bytes_of(tokens) == text.encode(), repr(text))


def test_files_written_by_windows_are_decoded_or_named(program):
    """Kind T14."""
    model = byte_model(program)
    path = program.path("text.txt")
    def of_file(data):
        path.write_bytes(data)
        return ids(program, model, "--text-file", str(path))
    text = "héllo 🤗\r\n"
    expect(of_file(b"\xff\xfe" + text.encode("utf-16-le")) == list(text.encode()), "UTF-16LE")
    expect(of_file(b"\xfe\xff" + text.encode("utf-16-be")) == list(text.encode()), "UTF-16BE")
    expect(of_file(b"\xff\xfe\x3d\xd8a\0b") == list("\ufffda\ufffd".encode()), "lone surrogate")
    expect(of_file(b"\xff\xfe") == [], "a mark alone")
    expect(of_file(b"\xef\xbb\xbfhello") == [0xef, 0xbb, 0xbf, *b"hello"], "UTF-8's mark is kept")
    expect(of_file(b"a\0b") == [97, 0, 98], "a NUL is a character")
    expect(of_file(b"hello\n") == list(b"hello\n"), "the last line's end is kept")
    for data, name in [("hello".encode("utf-16-le"), "UTF-16"), ("hello".encode("utf-16-be"), "UTF-16"),
                       ("hello".encode("utf-32"), "UTF-32")]:
        path.write_bytes(data)
        program.refuses("tokens", "--model", model, "--text-file", str(path), names=[name, "UTF-8"])


def test_utf16_without_a_mark_is_named_in_any_script(program):
    model = byte_model(program)
    for text in ["hi ’there", "中文中文", "中文\n中文，好", "hi\n", "привет, мир", "Ελλάδα", "日本語です。"]:
        for encoding in ["utf-16-le", "utf-16-be"]:
            program.refuses("tokens", "--model", model, "--text-file", "-",
                            stdin=text.encode(encoding), names=["standard input", "UTF-16", "UTF-8"])
    for data in [b"h\0i\0\n", b"\0h\0i\n"]:  # with half a unit at the end
        program.refuses("tokens", "--model", model, "--text-file", "-", stdin=data, names=["UTF-16"])


def test_text_in_other_bytes_is_no_utf16(program):
    """8-bit encodings have no byte for what they are; NULs between characters are characters."""
    model = byte_model(program)
    for data in ["Schöne Grüße".encode("latin-1"), "déjà vu à l'été".encode("latin-1"),
                 "привет, мир!".encode("cp1251"), "привет, мир!".encode("koi8-r"),
                 "a\0b, and c\0".encode(), "中文\0中文".encode(), b"\x80abc"]:
        want = list(data.decode("utf-8", "replace").encode())
        expect(ids(program, model, "--text-file", "-", stdin=data) == want, repr(data))


def test_files_that_are_no_text_are_named_with_the_place(program):
    model = byte_model(program)
    for data, place in [(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 8), (b"\x7fELF\2\1\1\0\0\0\0\0", 7),
                        (bytes(64), 0), ("hello".encode("utf-32-le"), 1)]:
        program.refuses("tokens", "--model", model, "--text-file", "-", stdin=data,
                        names=["standard input", f"at byte {place}:", "text file"])


def test_text_files_that_cannot_be_read_are_named(program):
    model = byte_model(program)
    program.refuses("tokens", "--model", model, "--text-file", "/no/such/file.txt",
                    names=["/no/such/file.txt"])
    folder = program.path("folder")
    folder.mkdir()
    program.refuses("tokens", "--model", model, "--text-file", str(folder), names=["folder"])


def test_merges_go_by_rank_and_in_both_spellings(program):
    """Kinds T10 and T15."""
    merges = [("b", "c"), ("a", "b"), ("bc", "d"), ("ab", "ab")]
    for pairs in [False, True]:
        model = byte_model(program, merges, pairs=pairs)
        for text, want in {"abcd": [97, 258], "abab": [259], "ababab": [259, 257], "bcbc": [256, 256],
                           "aab": [97, 257], "abc": [97, 256]}.items():
            expect(ids(program, model, "--text", text) == want, text)


def test_a_normalising_tokenizer_normalises(program):
    """Kind T08: NFC makes one character of e and its accent."""
    model = byte_model(program, normalizer={"type": "NFC"})
    expect(ids(program, model, "--text", "e\u0301x") == [0xc3, 0xa9, ord("x")], "NFC")
    expect(ids(program, byte_model(program), "--text", "e\u0301x") == [101, 0xcc, 0x81, 120],
           "no normaliser")


def test_a_model_of_symbols_reads_graphemes(program):
    model = Model.random(6, d_vocab=4)
    model.config["symbols"] = ["你", "👩‍👩‍👧", "e\u0301", "b"]
    folder = model.write(program.path())
    expect(ids(program, folder, "--text", "b👩‍👩‍👧你e\u0301") == [3, 1, 0, 2], "graphemes")
    program.refuses("tokens", "--model", folder, "--text", "bc", names=["c"])


def test_the_beginning_token_is_put_in_front_of_texts_and_shown(program):
    tokenizer = byte_tokenizer()
    tokenizer["added_tokens"] = [{"id": 256, "content": "<s>", "single_word": False, "lstrip": False,
                                  "rstrip": False, "normalized": False, "special": True}]
    model = Model.random(6, d_vocab=257)
    model.config["default_prepend_bos"] = True
    folder = program.path()
    model.write(folder, tokenizer=tokenizer)
    program.refuses("tokens", "--model", str(folder), "--text", "a", names=["default_prepend_bos"])
    (folder / "tokenizer_config.json").write_text('{"bos_token": "<s>"}')
    expect(ids(program, str(folder), "--text", "ab") == [256, 97, 98], "in front of a text")
    expect(ids(program, str(folder), "--ids", "97,98") == [97, 98], "never in front of ids")
    expect(program.json("info", "--model", str(folder))["config"]["default_prepend_bos"], "info")
