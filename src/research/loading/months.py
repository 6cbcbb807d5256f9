"""The names of months, as the languages of Europe write them in dates (Unicode's CLDR).

No name here is another month in another of these languages. Left out is Croatian, whose ``listopad`` is October and
not November as in Polish and Czech, and with it that word.
"""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_OTHERS = """
januar februar märz april mai juni juli august september oktober november dezember
januar februar marts april maj juni juli august september oktober november december
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października - grudnia
styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik - grudzień
ledna února března dubna května června července srpna září října - prosince
leden únor březen duben květen červen červenec srpen září říjen - prosinec
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень
"""

MONTH_OF: Mapping[str, int] = (
    {name: number for names in _OTHERS.split("\n") for number, name in enumerate(names.split(), 1) if name != "-"}
    | {name: number for number, whole in enumerate(ENGLISH, 1) for name in (whole, whole[:3])}
    | {"sept": 9}
)
"""The number of each month by its name in small letters; in English its abbreviation as well."""
