package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseNameTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    jdbc:postgresql://db:5432/shop?user=me&password=hush  | jdbc:postgresql://db:5432/shop
                    jdbc:mysql://me:hush@db/shop?sslMode=DISABLED         | jdbc:mysql://db/shop
                    jdbc:mysql://(host=db,user=me,password=hush)/shop     | jdbc:mysql://(host=db,user=me,password=***)/shop
                    jdbc:mysql://address=(host=db)(Password=hush)/shop    | jdbc:mysql://address=(host=db)(Password=***)/shop
                    jdbc:sqlite:shop.db                                   | jdbc:sqlite:shop.db""")
    void a_url_is_shown_without_its_secrets(String url, String shown) {
        assertThat(DatabaseName.withoutSecrets(url)).isEqualTo(shown);
    }
}
