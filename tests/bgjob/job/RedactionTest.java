package bgjob.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    @Nested
    class Masked {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "https://user:s3cret@host/x.git | https://user:***@host/x.git",
            "https://s3cret@host/x.git | https://***@host/x.git",
            "https://user:s3@cret@host/ | https://user:***@host/",
            "git clone https://u:s3cret@a/x https://u:s3cret@b/y | git clone https://u:***@a/x https://u:***@b/y",
            "postgres://app:s3cret@db:5432/x?sslmode=off | postgres://app:***@db:5432/x?sslmode=off",
            "redis://:s3cret@cache:6379 | redis://:***@cache:6379",
            "https://s3cret:x-oauth-basic@github.com/a | https://***@github.com/a",
            "https://s3cret:@host/a | https://***@host/a",
            "https://0123456789abcdef0123456789abcdef01234567:s3cret@host/a | https://***@host/a",
            "https://abcdefghijKLMNOPQRSTUV:s3cret@host/a | https://***@host/a",
            "https://a-rather-long-account-name:s3cret@host/a | https://a-rather-long-account-name:***@host/a",
            "https://somebody.with.a.long.name7%40example.org:s3cret@host/a | https://somebody.with.a.long.name7%40example.org:***@host/a",
            "--user=me:s3cret | --user=me:***",
            "curl --user=me:s3cret a; curl --user me:s3cret b; curl -u me:s3cret c | curl --user=me:*** a; curl --user me:*** b; curl -u me:*** c",
            "--token=s3cret | --token=***",
            "--api-key=s3cret | --api-key=***",
            "curl --password s3cret -v && x --token  's3 cret' | curl --password *** -v && x --token  ***",
            "API_KEY=s3cret | API_KEY=***",
            "GITHUB_TOKEN=s3cret make | GITHUB_TOKEN=*** make",
            "PGPASSWORD=s3cret | PGPASSWORD=***",
            "AWS_SECRET_ACCESS_KEY=s3cret/+x= | AWS_SECRET_ACCESS_KEY=***",
            "a=1 TOKEN=s3cret b=2 | a=1 TOKEN=*** b=2",
            "TOKEN=s3cret&& SECRET=s3cret; make | TOKEN=***&& SECRET=***; make",
            "https://host/x?access_token=s3cret&page=2 | https://host/x?access_token=***&page=2",
            "Authorization: Bearer s3crets3cret | Authorization: Bearer ***",
            "Authorization: Basic dXNlcjpzM2NyZXQ= | Authorization: Basic ***",
            "ghp_abcdefghijklmnop0123456789ABCDEFGHIJ | ghp_***",
            "x github_pat_11ABCDEFG0abcdefghij y | x github_pat_*** y",
            "glpat-abcdefghij0123456789 | glpat-***",
            "AKIAIOSFODNN7EXAMPLE | AKIA***",
            "key:AIza0123456789-abcdefghijklmnop_qrstuvw | key:AIza***",
            "sk_live_s3creTs3creTs3creTs3cr | sk_live_***",
            "x=sk_test_s3creTs3creTs3creTs3cr | x=sk_test_***",
            "rk_live_s3creTs3creTs3creTs3cr | rk_live_***",
            "sk-abcdefghijklmnopqrstuvwx | sk-***"})
        void what_looks_like_a_secret(String text, String shown) {
            assertEquals(shown, Redaction.mask(text));
        }

        @Test
        void the_word_behind_an_option_whose_name_says_secret() {
            assertEquals(List.of("curl", "--token", "***", "--api-key", "***", "-x", "y"),
                    Redaction.mask(List.of("curl", "--token", "s3cret", "--api-key", "s3cret", "-x", "y")));
            assertEquals(List.of("x", "--password", "***"), Redaction.mask(List.of("x", "--password", "https://host")));
        }

        @Test
        void what_stands_behind_the_user_in_a_word() {
            assertEquals(List.of("curl", "--user=me:***", "-u", "me:***", "--user", "me:***"),
                    Redaction.mask(List.of("curl", "--user=me:s3 cret", "-u", "me:s3 cret", "--user", "me:s3 cret")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "PGP PRIVATE KEY BLOCK"})
        void a_private_key(String title) {
            String begin = "x -----BEGIN " + title + "-----";
            String end = "-----END " + title + "-----";
            assertEquals(begin + "***" + end + " y " + begin + "***" + end,
                    Redaction.mask(begin + "\ns3\ncret=\n" + end + " y " + begin + "\\ns3cret\\n" + end));
            assertEquals(begin + "***", Redaction.mask(begin + "\ns3cret"));
        }

        @Test
        void every_secret_of_a_text_and_not_the_first_alone() {
            assertNoSecret(Redaction.mask("curl -H 'Authorization: Bearer s3crets3cret' a; curl -H 'Authorization: Bearer s3crets3cret' b"));
            assertNoSecret(Redaction.mask("use ghp_s3cret0123456789abcdef and ghp_s3cret0123456789abcdeg"));
        }

        @Test
        void a_token_behind_a_word_that_ends_like_its_prefix() {
            assertNoSecret(Redaction.mask("./task-runner sk-s3cretabcdefghijklmnop"));
            assertNoSecret(Redaction.mask("sk-short sk-s3cretabcdefghijklmnop"));
            assertNoSecret(Redaction.mask("a Bearer x, then Bearer s3crets3cret"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"export TOKEN=\"s3cret\"; make", "deploy --password='s3cret'", "TOKEN=\"my s3cret\" make",
            "TOKEN='my s3cret' make", "TOKEN=\\$x\"s3cret\" make"})
        void a_quoted_value_in_shell_text(String text) {
            assertNoSecret(Redaction.mask(text));
        }

        private void assertNoSecret(String shown) {
            assertFalse(shown.contains("s3cret"), shown);
        }
    }

    @Nested
    class LeftAlone {
        @ParameterizedTest
        @ValueSource(strings = {"make", "pytest tests/ -v", "https://host/path?x=1", "https://host/@scope/pkg", "a@b.example", "x://",
            "npm install @types/node", "NAME=value", "--env=prod", "token", "--token", "TOKEN=", "disk-usage", "task-list-of-many-things",
            "sk-learn", "hf_home", "npm_config", "Basic x", "Bearer", "the Bearer of it", "grep -n 'x = y'", "ghp_short", "a=b=c", "=",
            "-----BEGIN PRIVATE KEY-----", "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----", "-----BEGIN ", "sk_learn", "AIzaShort",
            "sk_live_mode", "--user=me", "--user me x:y", "--users=a:b", "x--user=a:b", "sort -u x", "ubuntu-u a:b"})
        void what_does_not(String text) {
            assertEquals(text, Redaction.mask(text));
        }

        @ParameterizedTest
        @ValueSource(strings = {"--tokenizer=bert", "--tokenize=yes", "--max-tokens=4096", "max_tokens=4096", "--secretary=bob"})
        void a_name_in_which_a_longer_word_stands(String text) {
            assertEquals(text, Redaction.mask(text));
        }

        @Test
        void words_behind_options_that_say_no_secret() {
            List<String> words = List.of("x", "--name", "token", "--verbose", "y", "token", "z", "--password", "--next", "w");

            assertSame(words, Redaction.mask(words));
        }
    }

    @Test
    void masking_twice_is_masking_once() {
        for (String text : List.of("https://user:s3cret@host", "https://s3cret:x-oauth-basic@host", "x --user=me:s3cret y",
                "-----BEGIN PRIVATE KEY-----s3cret-----END PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----s3cret", "--token=abc", "Bearer abcdefghijk", "ghp_abcdefghijklmnop", "x PASSWORD=a b")) {
            String once = Redaction.mask(text);

            assertEquals(once, Redaction.mask(once));
        }
        List<String> once = Redaction.mask(List.of("x", "--token", "abc", "https://u:p@h"));
        assertEquals(once, Redaction.mask(once));
    }
}
