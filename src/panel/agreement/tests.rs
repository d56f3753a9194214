//! Agreement against values published with their data, and cases where nothing can be said. For tests only.

use super::cohen::kappa;
use super::{alpha, alpha_of_points, cohen, exact, fleiss, gwet, icc, of_grades, of_marks, within_one};
use crate::panel::estimate::{Estimate, Gap, Level, Model, Weights};
use crate::panel::table::{Grades, Marks};

/// Cases from lines with a character a reviewer: `1` is the first grade, `.` is missing.
fn grades(scale: usize, lines: &str) -> Grades {
    let lines: Vec<&str> = lines.split_whitespace().collect();
    let digit = |c: char| c.to_digit(10).map(|d| d as usize - 1);
    let row = |line: &&str| line.chars().enumerate().filter_map(|(who, c)| Some((who, digit(c)?))).collect();
    Grades::new(scale, lines.first().map_or(0, |l| l.len()), lines.iter().map(row).collect()).unwrap()
}

/// Two reviewers from a table of counts.
fn counted(table: &[&[usize]]) -> Grades {
    let cells = table.iter().enumerate().flat_map(|(a, row)| row.iter().enumerate().map(move |(b, n)| (a, b, *n)));
    Grades::new(table.len(), 2, cells.flat_map(|(a, b, n)| vec![vec![(0, a), (1, b)]; n]).collect()).unwrap()
}

fn marks(rows: &[&[f64]]) -> Marks {
    let row = |row: &&[f64]| row.iter().copied().enumerate().filter(|(_, x)| !x.is_nan()).collect();
    Marks::new(rows.first().map_or(0, |r| r.len()), rows.iter().map(row).collect()).unwrap()
}

#[track_caller]
fn near(got: f64, want: f64, by: f64) {
    assert!((got - want).abs() <= by, "{got}, not {want}");
}

#[track_caller]
fn equals(got: &Estimate, value: f64, error: f64, ci95: [f64; 2], by: f64) {
    near(got.value.unwrap(), value, by);
    near(got.error.unwrap(), error, by);
    got.ci95.unwrap().iter().zip(ci95).for_each(|(got, want)| near(*got, want, by));
    assert_eq!(got.why, None);
}

#[track_caller]
fn is_none(got: &Estimate, why: Gap) {
    assert_eq!((got.value, got.error, got.ci95, got.why), (None, None, None, Some(why)), "{}", got.statistic.id());
    assert!(got.plain().zh.contains("没有数据") && got.plain().en.contains("no data"));
}

/// Fleiss (1971), Psychological Bulletin 76:378-382, table 1: 30 patients, 5 diagnoses, 6 psychiatrists a patient.
const PSYCHIATRISTS: &str = "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 224445
    333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 555555";

/// Krippendorff (2011), Computing Krippendorff's alpha-reliability, section D; also Gwet (2014), table 2.10: 12 units, 4 observers.
const UNITS: &str = "11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 ..3.";

#[test]
fn fleiss_of_his_psychiatrists() {
    let got = fleiss(&grades(5, PSYCHIATRISTS));
    near(got.value.unwrap(), 0.430, 5e-4);
    assert_eq!((got.seen.cases, got.seen.pairs, got.seen.reviewers), (30, 450, 6));
}

#[test]
fn krippendorff_of_his_units() {
    for (level, want) in [(Level::Nominal, 0.743), (Level::Ordinal, 0.815), (Level::Interval, 0.849)] {
        near(alpha(&grades(5, UNITS), level).value.unwrap(), want, 5e-4);
    }
    // 11 units have pairs: a single mark tells nothing.
    assert_eq!(alpha(&grades(5, UNITS), Level::Nominal).seen.cases, 11);
}

/// Values of irrCAC 0.4.4 (Gwet's own formulas); 0.775 ± 0.143 and 0.761 ± 0.153 are those of Gwet (2014), and of its
/// documentation. Five observers: Gwet (2014), table with 15 units on a scale of 4.
#[test]
fn gwet_and_fleiss_with_missing_marks() {
    let units = grades(5, UNITS);
    equals(&gwet(&units, Weights::Unweighted), 0.775_444_068, 0.142_949_951, [0.460_813_348, 1.0], 1e-8);
    equals(&gwet(&units, Weights::Linear), 0.858_739_136, 0.117_329_022, [0.600_499_7, 1.0], 1e-8);
    equals(&gwet(&units, Weights::Quadratic), 0.914_000_724, 0.103_962_245, [0.685_181_366, 1.0], 1e-8);
    equals(&fleiss(&units), 0.761_169_275, 0.153_019_203, [0.424_376_279, 1.0], 1e-8);
    let observers = grades(4, "223.3 2212. 3444. .11.1 111.1 111.1 213.2 2.31. 333.3 3222. .211. 1111. 2333. 44334 222.2");
    equals(&gwet(&observers, Weights::Unweighted), 0.496_622_055, 0.121_973_368, [0.235_015_199, 0.758_228_911], 1e-8);
    equals(&gwet(&observers, Weights::Quadratic), 0.830_433_573, 0.058_246_405, [0.705_507_458, 0.955_359_687], 1e-8);
    equals(&fleiss(&observers), 0.457_621_687, 0.120_450_072, [0.199_281_976, 0.715_961_398], 1e-8);
    // krippendorff 0.9.0 for Python.
    for (level, want) in Level::ALL.into_iter().zip([0.480_530_240_265, 0.768_685_159_486, 0.771_864_808_776]) {
        near(alpha(&observers, level).value.unwrap(), want, 1e-11);
    }
}

/// Gwet (2014): 100 pregnancies, 2 abstractors. Values of irrCAC 0.4.4 on the single cases.
#[test]
fn gwet_of_two() {
    let pregnancies = counted(&[&[13, 0, 0], &[0, 20, 7], &[0, 4, 56]]);
    equals(&gwet(&pregnancies, Weights::Unweighted), 0.849_330_548, 0.043_435_189, [0.763_145_71, 0.935_515_387], 1e-8);
    equals(&gwet(&pregnancies, Weights::Quadratic), 0.940_236_879, 0.018_010_467, [0.904_500_205, 0.975_973_553], 1e-8);
    // statsmodels 0.15.0, cohens_kappa.
    equals(&cohen(&pregnancies, Weights::Unweighted), 0.796_409_402_184, 0.058_910_718_326, [0.680_946_515_961, 0.911_872_288_406], 1e-11);
    equals(&cohen(&pregnancies, Weights::Linear), 0.842_902_027_992, 0.047_872_121_590, [0.749_074_393_811, 0.936_729_662_171], 1e-11);
    equals(&cohen(&pregnancies, Weights::Quadratic), 0.892_156_862_745, 0.035_351_507_576, [0.822_869_181_097, 0.961_444_544_393], 1e-11);
}

/// κ 0.492 and weighted κ 0.348: Cohen (1960; 1968, Psychological Bulletin 70:213-220), 200 patients. κ 0.429 with variance
/// 0.002885 and weighted κ 0.507 with variance 0.003248: Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72:323-327.
#[test]
fn cohen_of_his_patients() {
    let of = |own: [[f64; 3]; 3]| move |a: usize, b: usize| own[a][b];
    let equal = of([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]);
    let apart = of([[1.0, 8.0 / 9.0, 6.0 / 9.0], [8.0 / 9.0, 1.0, 3.0 / 9.0], [6.0 / 9.0, 3.0 / 9.0, 1.0]]);
    let similar = of([[1.0, 0.0, 4.0 / 9.0], [0.0, 1.0, 6.0 / 9.0], [4.0 / 9.0, 6.0 / 9.0, 1.0]]);
    let cohen = vec![vec![88, 14, 18], vec![10, 40, 10], vec![2, 6, 12]];
    near(kappa(&cohen, equal).unwrap().0, 0.492, 5e-4);
    near(kappa(&cohen, apart).unwrap().0, 0.348, 5e-4);
    let fleiss = vec![vec![106, 10, 4], vec![22, 28, 10], vec![2, 12, 6]];
    let published = [kappa(&fleiss, equal).unwrap(), kappa(&fleiss, similar).unwrap()];
    for ((value, error), (want, variance)) in published.into_iter().zip([(0.429, 0.002_885), (0.507, 0.003_248)]) {
        near(value, want, 5e-4);
        near(error * error, variance, 5e-7);
    }
    near(super::cohen(&counted(&[&[106, 10, 4], &[22, 28, 10], &[2, 12, 6]]), Weights::Unweighted).value.unwrap(), 0.429, 5e-4);
}

/// Shrout and Fleiss (1979), Psychological Bulletin 86:420-428, tables 2 and 4. Intervals to more digits than pingouin 0.6.1 shows
/// ([−0.13, 0.72], [0.02, 0.76], [0.34, 0.95]; [−0.88, 0.91], [0.07, 0.93], [0.68, 0.99]) by their formulas with scipy 1.12.0.
#[test]
fn shrout_and_fleiss_of_their_judges() {
    let judges = marks(&[
        &[9.0, 2.0, 5.0, 8.0],
        &[6.0, 1.0, 3.0, 2.0],
        &[8.0, 4.0, 6.0, 8.0],
        &[7.0, 1.0, 2.0, 6.0],
        &[10.0, 5.0, 6.0, 9.0],
        &[6.0, 2.0, 4.0, 7.0],
    ]);
    let want = [
        (false, Model::OneWay, 0.17, [-0.132_932_324_9, 0.722_560_062_3]),
        (false, Model::TwoWayRandom, 0.29, [0.018_786_513_4, 0.761_084_369_6]),
        (false, Model::TwoWayMixed, 0.71, [0.342_464_765_0, 0.945_858_260_0]),
        (true, Model::OneWay, 0.44, [-0.884_442_155_2, 0.912_415_420_3]),
        (true, Model::TwoWayRandom, 0.62, [0.071_136_815_3, 0.927_232_040_2]),
        (true, Model::TwoWayMixed, 0.91, [0.675_674_713_8, 0.985_891_678_2]),
    ];
    for (averaged, model, value, ci95) in want {
        let got = icc(&judges, model, averaged);
        near(got.value.unwrap(), value, 5e-3);
        got.ci95.unwrap().iter().zip(ci95).for_each(|(got, want)| near(*got, want, 1e-8));
        assert_eq!((got.seen.cases, got.seen.pairs, got.seen.reviewers, got.why), (6, 36, 4, None));
    }
}

/// Worked by hand: 40 cases, 30 equal, 8 one apart, 2 further; intervals as Wilson's for 30 and 38 of 40.
#[test]
fn shares_of_equal_grades() {
    let two = counted(&[&[10, 3, 2, 0], &[3, 10, 1, 0], &[0, 1, 9, 0], &[0, 0, 0, 1]]);
    near(exact(&two).value.unwrap(), 0.75, 1e-12);
    near(within_one(&two).value.unwrap(), 0.95, 1e-12);
    // statsmodels 0.15.0, proportion_confint(30, 40, method="wilson") and (38, 40).
    for (got, want) in [(exact(&two), [0.598060385792, 0.858128813609]), (within_one(&two), [0.834961226309, 0.986179332614])] {
        got.ci95.unwrap().iter().zip(want).for_each(|(got, want)| near(*got, want, 1e-11));
    }
    // Three marks a case: pairs are counted within each case, cases weigh the same.
    near(exact(&grades(3, "112 33.")).value.unwrap(), (1.0 / 3.0 + 1.0) / 2.0, 1e-12);
}

#[test]
fn a_grade_never_used_stays_on_the_scale() {
    let (used, declared) = ("12 11 22 12 21 22 11", ["12", "13"]);
    // An end that nobody uses moves what counts as chance for Gwet, and no ratio of distances for Cohen.
    assert!(gwet(&grades(4, used), Weights::Unweighted).value > gwet(&grades(2, used), Weights::Unweighted).value);
    near(cohen(&grades(4, used), Weights::Linear).value.unwrap(), cohen(&grades(2, used), Weights::Linear).value.unwrap(), 1e-12);
    // One in the middle moves both: 1 and 3 are further apart than 1 and 2.
    let three = |far: &str| grades(3, &format!("11 22 33 23 {far}"));
    let [close, far] = declared.map(|far| cohen(&three(far), Weights::Quadratic).value.unwrap());
    assert!(close > far);
    // statsmodels 0.15.0 for a table whose last row and column are empty.
    let unused = counted(&[&[1, 1, 0, 0], &[0, 4, 2, 0], &[0, 1, 5, 0], &[0, 0, 0, 0]]);
    let want = [
        (0.517_241_379_310, 0.204_342_069_246, [0.116_738_283_061, 0.917_744_475_559]),
        (0.588_235_294_118, 0.182_638_660_490, [0.230_270_097_373, 0.946_200_490_863]),
        (0.681_818_181_818, 0.155_889_080_118, [0.376_281_199_203, 0.987_355_164_433]),
    ];
    for (weights, (value, error, ci95)) in Weights::ALL.into_iter().zip(want) {
        equals(&cohen(&unused, weights), value, error, ci95, 1e-11);
    }
}

#[test]
fn zero_margins_are_no_data_where_the_literature_has_none() {
    // One grade for all: chance alone explains it for κ and α; Gwet's coefficients are 1 by definition.
    let one = grades(4, "22 22 22");
    Weights::ALL.iter().for_each(|weights| is_none(&cohen(&one, *weights), Gap::NoVariation));
    is_none(&fleiss(&one), Gap::NoVariation);
    Level::ALL.iter().for_each(|level| is_none(&alpha(&one, *level), Gap::NoVariation));
    for weights in Weights::ALL {
        let got = gwet(&one, weights);
        assert_eq!((got.value, got.ci95, got.why), (Some(1.0), None, Some(Gap::NoWidth)));
    }
    assert_eq!(exact(&one).value, Some(1.0));
    // One reviewer gives one grade throughout: κ is 0 whatever the other does, and has no width.
    let flat = cohen(&counted(&[&[5, 0], &[3, 0]]), Weights::Unweighted);
    near(flat.value.unwrap(), 0.0, 1e-12);
    // The paradox of Feinstein and Cicchetti (1990): 85 % agree, κ is 0.32, and Gwet's coefficient is high.
    let paradox = counted(&[&[80, 10], &[5, 5]]);
    near(cohen(&paradox, Weights::Unweighted).value.unwrap(), 0.32, 5e-3);
    near(gwet(&paradox, Weights::Unweighted).value.unwrap(), 0.81, 5e-3);
    // A scale of one grade.
    is_none(&cohen(&grades(1, "11 11"), Weights::Linear), Gap::ShortScale);
    is_none(&gwet(&grades(1, "11 11"), Weights::Linear), Gap::ShortScale);
}

#[test]
fn one_reviewer_one_case_or_none() {
    let alone = [grades(4, "1 2 3"), grades(4, "1... .2.. ...3"), grades(4, "")];
    for got in alone.iter().flat_map(of_grades) {
        is_none(&got, Gap::NoPairs);
    }
    for marks in [marks(&[&[80.0], &[90.0]]), marks(&[]), marks(&[&[80.0, f64::NAN], &[f64::NAN, 90.0]])] {
        of_marks(&marks).iter().for_each(|got| is_none(got, Gap::NoPairs));
    }
    // Three reviewers are not two.
    is_none(&cohen(&grades(4, "123"), Weights::Linear), Gap::NotTwo);
    assert!(of_grades(&grades(4, "123 112")).iter().all(|got| !got.statistic.id().starts_with("cohen")));
    // One case.
    let one = grades(4, "12");
    assert_eq!((exact(&one).value, within_one(&one).value), (Some(0.0), Some(1.0)));
    let got = alpha(&one, Level::Nominal);
    assert_eq!((got.value, got.ci95, got.why), (Some(0.0), None, Some(Gap::OneCase)));
    let got = gwet(&one, Weights::Unweighted);
    assert_eq!((got.ci95, got.why), (None, Some(Gap::OneCase)));
    let one = marks(&[&[80.0, 85.0]]);
    Model::ALL.iter().for_each(|model| is_none(&icc(&one, *model, false), Gap::OneCase));
    // α that would not exist without one of its cases.
    let got = alpha(&grades(3, "11 11 12"), Level::Nominal);
    assert_eq!((got.value.is_some(), got.ci95, got.why), (true, None, Some(Gap::HangsOnOne)));
}

#[test]
fn missing_marks_of_points() {
    let holes = marks(&[&[80.0, 82.0, f64::NAN], &[f64::NAN, 70.0, 71.0], &[90.0, 91.0, 93.0], &[60.0, f64::NAN, f64::NAN]]);
    // Unequal numbers: a figure by k₀ without an interval, and no averaged form.
    let got = icc(&holes, Model::OneWay, false);
    assert_eq!((got.value.is_some(), got.ci95, got.why, got.seen.cases), (true, None, Some(Gap::Unequal), 3));
    is_none(&icc(&holes, Model::OneWay, true), Gap::Unequal);
    // Only one case has all three.
    is_none(&icc(&holes, Model::TwoWayMixed, false), Gap::OneCase);
    // Two reviewers of the three, two cases of theirs.
    assert_eq!(icc(&holes.two(0, 1), Model::TwoWayMixed, false).seen.cases, 2);
    assert_eq!(alpha_of_points(&holes).seen.pairs, 5);
}

#[test]
fn ties_and_full_agreement_of_points() {
    for got in of_marks(&marks(&[&[80.0, 80.0], &[80.0, 80.0], &[80.0, 80.0]])) {
        is_none(&got, Gap::NoVariation);
    }
    for got in of_marks(&marks(&[&[80.1, 80.1], &[90.2, 90.2], &[70.3, 70.3]])) {
        near(got.value.unwrap(), 1.0, 1e-9);
        assert_eq!((got.ci95, got.why), (None, Some(Gap::NoWidth)), "{}", got.statistic.id());
    }
    // A reviewer who is always five points lower: consistent, not equal.
    let lower = marks(&[&[80.0, 75.0], &[90.0, 85.0], &[70.0, 65.0]]);
    near(icc(&lower, Model::TwoWayMixed, false).value.unwrap(), 1.0, 1e-9);
    assert!(icc(&lower, Model::TwoWayRandom, false).value.unwrap() < 0.95);
    // Cases that do not differ at all beside reviewers who do.
    let flat = marks(&[&[80.0, 75.0], &[80.0, 75.0]]);
    is_none(&icc(&flat, Model::TwoWayMixed, false), Gap::NoVariation);
    near(icc(&flat, Model::TwoWayRandom, false).value.unwrap(), 0.0, 1e-12);
}

#[test]
fn plain_words() {
    let two = counted(&[&[10, 3, 2, 0], &[3, 10, 1, 0], &[0, 1, 9, 0], &[0, 0, 0, 1]]);
    let judges = marks(&[&[80.0, 82.0, 79.0], &[90.0, 88.0, 91.0], &[70.0, 75.0, 69.0], &[85.0, 80.0, 84.0]]);
    let all = [of_grades(&two), of_grades(&grades(5, UNITS)), of_marks(&judges), of_grades(&grades(4, "22 22"))].concat();
    let told: Vec<String> =
        all.iter().flat_map(|one| [one.plain().zh.into_owned(), one.plain().en.into_owned(), one.source().to_owned()]).collect();
    insta::assert_snapshot!(told.join("\n"));
}
