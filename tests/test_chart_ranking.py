"""The ranking of provinces: like is compared with like, and the city with all of them."""

from dataclasses import replace

from drawn_charts import rows_of


def test_a_ranking_shows_every_province_and_where_the_city_would_stand(edition, drawn):
    # 14 provinces lie below 1.78, from Jiangxi (1.74) down; 16 lie above Henan's 1.86.
    chart = drawn(edition, "problems-intensity-ranking")
    bars = [row for rows in rows_of(chart.spec, "bar") for row in rows]
    assert len(bars) == 31
    assert [row["name"] for row in bars if row["kind"] == "home"] == ["河南"]
    assert "河南为1.86%，列第17位；安阳为1.78%，高于其中14个；全国为2.54%，高于其中24个。" in chart.alt


def test_a_ranking_compares_like_with_like(latest, drawn):
    # Only Henan and the nation have revised figures for the year.
    chart = drawn(latest, "problems-intensity-ranking")
    assert {fact.vintage for fact in chart.facts} == {"first_published"}
    assert "各地一律用初次公布数" in chart.note


def test_the_total_of_the_nation_is_no_yardstick_for_its_provinces(edition, drawn):
    chart = drawn(edition, "problems-intensity-ranking", indicators="rd_expenditure", areas="henan")
    assert "china" not in {fact.area for fact in chart.facts}


def test_a_province_in_its_own_ranking_is_a_bar_and_no_rule(edition, drawn):
    province = replace(edition, meta={**edition.meta, "city": "henan"})
    chart = drawn(province, "problems-intensity-ranking", areas="henan")
    bars = [row for rows in rows_of(chart.spec, "bar") for row in rows]
    assert [row["name"] for row in bars if row["kind"] == "city"] == ["河南"]
    assert [row["label"] for row in rows_of(chart.spec, "rule")[0]] == ["全国 2.54%"]
