use super::*;

fn parsed(text: &str, variables: &[(&str, &str)]) -> Result<Config, Vec<FileFault>> {
    let variable = |name: &str| {
        variables
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| (*value).to_owned())
    };
    parse(text, Path::new("etc"), &variable)
}

#[test]
fn an_empty_file_gives_the_defaults() {
    assert_eq!(parsed("", &[]), Ok(Config::default()));
}

#[test]
fn the_environment_wins_over_the_file() {
    let text = "address = \"0.0.0.0:80\"\nlog_level = \"warn\"\nfiles = [\"a.txt\"]";
    let config = parsed(text, &[("MEGURI_ADDRESS", "127.0.0.1:90")]).expect("sound settings");
    assert_eq!(config.address, SocketAddr::from(([127, 0, 0, 1], 90)));
    assert_eq!(config.log_level, LogLevel::Warn);
    assert_eq!(config.files, [Path::new("etc").join("a.txt")]);
    let config = parsed("operations_address = \"off\"", &[]).expect("sound settings");
    assert_eq!(config.operations_address, None);
}

#[test]
fn the_cache_is_a_number_of_megabytes_and_can_be_off() {
    assert_eq!(
        parsed("", &[]).map(|config| config.cache_bytes()),
        Ok(256 << 20)
    );
    assert_eq!(
        parsed("cache_mb = 3", &[]).map(|config| config.cache_bytes()),
        Ok(3 << 20)
    );
    let off = parsed("cache_mb = 3", &[("MEGURI_CACHE_MB", "0")]);
    assert_eq!(off.map(|config| config.cache_bytes()), Ok(0));
    for wrong in ["much", "-1", "1.5", "99999999999"] {
        let faults = parsed("", &[("MEGURI_CACHE_MB", wrong)]).expect_err("a fault");
        assert!(faults[0].to_string().contains(wrong), "{}", faults[0]);
    }
}

#[test]
fn all_faults_are_told_with_what_to_do() {
    let faults = parsed("address = \"here\"\nlog_format = \"xml\"", &[]).expect_err("faults");
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "「address」の「here」はアドレスとポートの形ではありません。 対応：「127.0.0.1:8080」のように、数字のアドレスとポートを書いてください。",
            "「log_format」の「xml」は使えません。 対応：text、jsonのどれかを書いてください。",
        ]
    );
    let faults = parsed("adress = \"127.0.0.1:80\"", &[]).expect_err("a fault");
    assert!(
        faults.iter().any(|fault| fault.line == Some(1)),
        "{faults:?}"
    );
}

#[test]
fn the_words_of_the_city_are_a_file_beside_the_settings() {
    let words = |text: &str, variables: &[(&str, &str)]| {
        parsed(text, variables)
            .expect("sound settings")
            .search_words
    };
    assert_eq!(words("", &[]), None);
    let written = "search_words = \"words.txt\"";
    assert_eq!(
        words(written, &[]),
        Some(Path::new("etc").join("words.txt"))
    );
    let variables = [("MEGURI_SEARCH_WORDS", "b.txt")];
    assert_eq!(words(written, &variables), Some(PathBuf::from("b.txt")));
}

#[test]
fn the_index_stands_beside_the_database_unless_told() {
    let folder = |text: &str, variables: &[(&str, &str)]| {
        parsed(text, variables)
            .expect("sound settings")
            .index_folder()
    };
    assert_eq!(folder("", &[]), Path::new("meguri.sqlite.index"));
    assert_eq!(
        folder("database = \"a.db\"", &[]),
        Path::new("etc").join("a.db.index")
    );
    assert_eq!(
        folder("database = \"postgres://x/y\"", &[]),
        Path::new("meguri.index")
    );
    assert_eq!(
        folder("index = \"words\"", &[]),
        Path::new("etc").join("words")
    );
    assert_eq!(
        folder("index = \"words\"", &[("MEGURI_INDEX", "b")]),
        Path::new("b")
    );
}

#[test]
fn the_address_of_the_site_is_a_name_and_nothing_behind_it() {
    for (url, wanted) in [
        (
            "https://hyoka.example.jp/",
            Some("https://hyoka.example.jp"),
        ),
        ("http://localhost:8080", Some("http://localhost:8080")),
        ("hyoka.example.jp", None),
        ("https://", None),
        ("https://example.jp/hyoka", None),
        ("https://\\\"><b>", None),
    ] {
        let config = parsed(&format!("public_url = \"{url}\""), &[]);
        let found = config.ok().and_then(|config| config.public_url);
        assert_eq!(found.as_deref(), wanted, "{url}");
    }
}

#[test]
fn the_pages_of_the_house_are_where_the_settings_say() {
    let config = parsed("internal_address = \"[::1]:90\"", &[]).expect("sound settings");
    assert_eq!(config.internal_address, "[::1]:90".parse().ok());
    let config = parsed("", &[("MEGURI_INTERNAL_ADDRESS", "off")]).expect("sound settings");
    assert_eq!(config.internal_address, None);
    let behind_a_proxy = "internal_url = \"https://meguri.example.lg.jp/\"\nsession_hours = 12";
    let config = parsed(behind_a_proxy, &[]).expect("sound settings");
    let url = config.internal_url.as_deref();
    assert_eq!(url, Some("https://meguri.example.lg.jp"));
    assert_eq!((config.session_idle_hours, config.session_hours), (8, 12));
    for wrong in [
        "session_idle_hours = 0",
        "internal_url = \"meguri.example.lg.jp\"",
    ] {
        assert!(parsed(wrong, &[]).is_err(), "{wrong}");
    }
}

#[test]
fn every_setting_has_its_variable() {
    for setting in SETTINGS {
        assert_eq!(
            setting.variable,
            format!("MEGURI_{}", setting.key.to_uppercase())
        );
    }
}
