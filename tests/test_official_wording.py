"""Indicators from a table of official wording."""

from pipeline.official_wording import holds_wording, indicator_texts


def test_an_indicator_of_two_targets_has_both(tmp_path):
    path = tmp_path / "v.csv"
    path.write_text(
        "lang,kind,key,text,code,field\nen,indicators,a,Deaths in floods,13.1,t\nen,indicators,b,Deaths in floods,1.5,t\n"
        "fr,indicators,c,Morts,1.5,t\nen,targets,d,Other,1.5,t\n"
    )
    other = tmp_path / "o.csv"
    other.write_text("To,Text\nBelmora,Adopt a law\n")
    assert [holds_wording(one) for one in (path, other)] == [True, False]
    assert indicator_texts([other, path]) == [("Deaths in floods", ["1.5", "13.1"])]
