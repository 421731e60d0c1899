#include "engine/sha256.h"

#include <catch2/catch.hpp>

using engine::sha256;

// The digests are FIPS 180-4's examples and what coreutils' sha256sum gives.
TEST_CASE("SHA-256 of the standard's examples, and at the edges of a block") {
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(std::string(55, char(0xff))) ==
        "aadaed00a3c5fbb8072ae7f1984ba8199fbe5272de427d11eaf31583af37db51");
  CHECK(sha256(std::string(56, char(0xff))) ==
        "528ff50ab05e77bbbd224a9ec86165dbb6824a9a9efb544be0a1d57d5b416457");
  CHECK(sha256(std::string(63, char(0xff))) ==
        "d12449c8124182545ae91924286cc6af13528bcf62a5ddbd5e00b891fffc1b48");
  CHECK(sha256(std::string(64, char(0xff))) ==
        "8667e718294e9e0df1d30600ba3eeb201f764aad2dad72748643e4a285e1d1f7");
  CHECK(sha256(std::string(65, char(0xff))) ==
        "855c9a28fff2bbbd71327165554a00c6fdd44d5d58c1f12b8fdff29b5d67f001");
  CHECK(sha256(std::string(1000, char(0xff))) ==
        "b4f73dff046400b76728ab32619e3d89e00132653725f660c62ab9fca975b372");
}
