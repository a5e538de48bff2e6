// What reminders say in Dutch, Swedish, Danish, Norwegian, Finnish and Estonian.

import type { Phases } from './reminder-phrases.ts';

export const nl: Phases = {
  upcoming: {
    subject: {
      one: 'Factuur {{ items[0].number }} vervalt op {{ items[0].due_on | date }}',
      many: '{{ items.size }} facturen van {{ company.name }} vervallen binnenkort',
    },
    opening: {
      one:
        'Ter informatie: de volgende factuur vervalt binnenkort. Is de betaling al gepland, dan hoeft u ' +
        'niets te doen.',
      many:
        'Ter informatie: de volgende facturen vervallen binnenkort. Is de betaling al gepland, dan hoeft ' +
        'u niets te doen.',
    },
  },
  due_today: {
    subject: {
      one: 'Factuur {{ items[0].number }} vervalt vandaag',
      many: 'Vandaag vervalt een betaling aan {{ company.name }}',
    },
    opening: {
      one: 'De volgende factuur vervalt vandaag. Is uw betaling al onderweg, dan danken wij u.',
      many:
        'Vandaag vervalt een betaling voor de volgende facturen. Is uw betaling al onderweg, dan danken ' +
        'wij u.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Herinnering: factuur {{ items[0].number }}',
      many: 'Herinnering: {{ items.size }} openstaande facturen van {{ company.name }}',
    },
    opening: {
      one:
        'Volgens onze administratie staat de volgende factuur nog open. Misschien is ze u ontgaan; wij ' +
        'zien uw betaling graag tegemoet.',
      many:
        'Volgens onze administratie staan de volgende facturen nog open. Misschien zijn ze u ontgaan; ' +
        'wij zien uw betaling graag tegemoet.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Vervallen: factuur {{ items[0].number }}',
      many: 'Vervallen: facturen van {{ company.name }}',
    },
    opening: {
      one:
        'De volgende factuur staat nog open, hoewel de vervaldatum verstreken is. Wilt u binnen enkele ' +
        'dagen betalen, of ons laten weten wanneer wij uw betaling kunnen verwachten?',
      many:
        'De volgende facturen staan nog open en de betaling is vervallen. Wilt u het vervallen bedrag ' +
        'binnen enkele dagen betalen, of ons laten weten wanneer wij uw betaling kunnen verwachten?',
    },
  },
  third_reminder: {
    subject: {
      one: 'Dringend: factuur {{ items[0].number }} is al lang vervallen',
      many: 'Dringend: facturen van {{ company.name }} zijn al lang vervallen',
    },
    opening: {
      one:
        'De volgende factuur staat nog open, lang na de vervaldatum. Wij verzoeken u nu zonder verder ' +
        'uitstel te betalen. Kunt u niet het hele bedrag ineens betalen, neem dan meteen contact met ons ' +
        'op, zodat we samen een oplossing vinden.',
      many:
        'De volgende facturen staan nog open en de betaling is al lang vervallen. Wij verzoeken u het ' +
        'vervallen bedrag nu zonder verder uitstel te betalen. Kunt u niet alles ineens betalen, neem ' +
        'dan meteen contact met ons op, zodat we samen een oplossing vinden.',
    },
  },
};

export const sv: Phases = {
  upcoming: {
    subject: {
      one: 'Faktura {{ items[0].number }} förfaller {{ items[0].due_on | date }}',
      many: '{{ items.size }} fakturor från {{ company.name }} förfaller snart',
    },
    opening: {
      one:
        'För kännedom: följande faktura förfaller snart. Är betalningen redan planerad behöver ni inte ' +
        'göra något.',
      many:
        'För kännedom: följande fakturor förfaller snart. Är betalningen redan planerad behöver ni inte ' +
        'göra något.',
    },
  },
  due_today: {
    subject: {
      one: 'Faktura {{ items[0].number }} förfaller i dag',
      many: 'En betalning till {{ company.name }} förfaller i dag',
    },
    opening: {
      one: 'Följande faktura förfaller i dag. Är er betalning redan på väg tackar vi för den.',
      many:
        'I dag förfaller en betalning som gäller följande fakturor. Är er betalning redan på väg tackar ' +
        'vi för den.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Påminnelse: faktura {{ items[0].number }}',
      many: 'Påminnelse: {{ items.size }} obetalda fakturor från {{ company.name }}',
    },
    opening: {
      one:
        'Enligt våra uppgifter är följande faktura ännu obetald. Kanske har den förbisetts; vi är ' +
        'tacksamma för er betalning.',
      many:
        'Enligt våra uppgifter är följande fakturor ännu obetalda. Kanske har de förbisetts; vi är ' +
        'tacksamma för er betalning.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Förfallen: faktura {{ items[0].number }}',
      many: 'Förfallna: fakturor från {{ company.name }}',
    },
    opening: {
      one:
        'Följande faktura är ännu obetald trots att förfallodagen har passerat. Vänligen betala inom de ' +
        'närmaste dagarna, eller meddela oss när vi kan vänta er betalning.',
      many:
        'Följande fakturor är ännu obetalda och betalningen är förfallen. Vänligen betala det förfallna ' +
        'beloppet inom de närmaste dagarna, eller meddela oss när vi kan vänta er betalning.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Brådskande: faktura {{ items[0].number }} är sedan länge förfallen',
      many: 'Brådskande: fakturor från {{ company.name }} är sedan länge förfallna',
    },
    opening: {
      one:
        'Följande faktura är obetald lång tid efter förfallodagen. Vänligen betala nu utan ytterligare ' +
        'dröjsmål. Kan ni inte betala hela beloppet på en gång, kontakta oss genast så att vi ' +
        'tillsammans hittar en lösning.',
      many:
        'Följande fakturor är obetalda och betalningen är sedan länge förfallen. Vänligen betala det ' +
        'förfallna beloppet nu utan ytterligare dröjsmål. Kan ni inte betala allt på en gång, kontakta ' +
        'oss genast så att vi tillsammans hittar en lösning.',
    },
  },
};

export const da: Phases = {
  upcoming: {
    subject: {
      one: 'Faktura {{ items[0].number }} forfalder {{ items[0].due_on | date }}',
      many: '{{ items.size }} fakturaer fra {{ company.name }} forfalder snart',
    },
    opening: {
      one:
        'Til orientering: følgende faktura forfalder snart. Er betalingen allerede planlagt, behøver I ' +
        'ikke gøre noget.',
      many:
        'Til orientering: følgende fakturaer forfalder snart. Er betalingen allerede planlagt, behøver I ' +
        'ikke gøre noget.',
    },
  },
  due_today: {
    subject: {
      one: 'Faktura {{ items[0].number }} forfalder i dag',
      many: 'En betaling til {{ company.name }} forfalder i dag',
    },
    opening: {
      one: 'Følgende faktura forfalder i dag. Er jeres betaling på vej, takker vi for den.',
      many:
        'I dag forfalder en betaling, som vedrører følgende fakturaer. Er jeres betaling på vej, takker ' +
        'vi for den.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Påmindelse: faktura {{ items[0].number }}',
      many: 'Påmindelse: {{ items.size }} åbne fakturaer fra {{ company.name }}',
    },
    opening: {
      one:
        'Ifølge vores oplysninger er følgende faktura stadig ubetalt. Måske er den blevet overset; vi ' +
        'ser frem til jeres betaling.',
      many:
        'Ifølge vores oplysninger er følgende fakturaer stadig ubetalte. Måske er de blevet overset; vi ' +
        'ser frem til jeres betaling.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Forfalden: faktura {{ items[0].number }}',
      many: 'Forfaldne: fakturaer fra {{ company.name }}',
    },
    opening: {
      one:
        'Følgende faktura er stadig ubetalt, selv om forfaldsdagen er passeret. Betal den venligst inden ' +
        'for de nærmeste dage, eller fortæl os, hvornår vi kan vente betalingen.',
      many:
        'Følgende fakturaer er stadig ubetalte, og betalingen er forfalden. Betal venligst det forfaldne ' +
        'beløb inden for de nærmeste dage, eller fortæl os, hvornår vi kan vente betalingen.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Haster: faktura {{ items[0].number }} er forfalden for længe siden',
      many: 'Haster: fakturaer fra {{ company.name }} er forfaldne for længe siden',
    },
    opening: {
      one:
        'Følgende faktura er ubetalt længe efter forfaldsdagen. Betal den venligst nu uden yderligere ' +
        'forsinkelse. Kan I ikke betale hele beløbet på én gang, så kontakt os straks, så vi kan finde ' +
        'en løsning sammen.',
      many:
        'Følgende fakturaer er ubetalte, og betalingen er forfalden for længe siden. Betal venligst det ' +
        'forfaldne beløb nu uden yderligere forsinkelse. Kan I ikke betale det hele på én gang, så ' +
        'kontakt os straks, så vi kan finde en løsning sammen.',
    },
  },
};

export const nb: Phases = {
  upcoming: {
    subject: {
      one: 'Faktura {{ items[0].number }} forfaller {{ items[0].due_on | date }}',
      many: '{{ items.size }} fakturaer fra {{ company.name }} forfaller snart',
    },
    opening: {
      one:
        'Til orientering: følgende faktura forfaller snart. Er betalingen allerede planlagt, trenger ' +
        'dere ikke gjøre noe.',
      many:
        'Til orientering: følgende fakturaer forfaller snart. Er betalingen allerede planlagt, trenger ' +
        'dere ikke gjøre noe.',
    },
  },
  due_today: {
    subject: {
      one: 'Faktura {{ items[0].number }} forfaller i dag',
      many: 'En betaling til {{ company.name }} forfaller i dag',
    },
    opening: {
      one: 'Følgende faktura forfaller i dag. Er betalingen på vei, takker vi for den.',
      many:
        'I dag forfaller en betaling som gjelder følgende fakturaer. Er betalingen på vei, takker vi for ' +
        'den.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Påminnelse: faktura {{ items[0].number }}',
      many: 'Påminnelse: {{ items.size }} åpne fakturaer fra {{ company.name }}',
    },
    opening: {
      one:
        'Ifølge våre opplysninger er følgende faktura fremdeles ubetalt. Kanskje er den blitt oversett; ' +
        'vi er takknemlige for betalingen.',
      many:
        'Ifølge våre opplysninger er følgende fakturaer fremdeles ubetalt. Kanskje er de blitt oversett; ' +
        'vi er takknemlige for betalingen.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Forfalt: faktura {{ items[0].number }}',
      many: 'Forfalt: fakturaer fra {{ company.name }}',
    },
    opening: {
      one:
        'Følgende faktura er fremdeles ubetalt, selv om forfallsdatoen er passert. Vennligst betal den i ' +
        'løpet av de nærmeste dagene, eller fortell oss når vi kan vente betalingen.',
      many:
        'Følgende fakturaer er fremdeles ubetalt, og betalingen er forfalt. Vennligst betal det forfalte ' +
        'beløpet i løpet av de nærmeste dagene, eller fortell oss når vi kan vente betalingen.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Haster: faktura {{ items[0].number }} er forfalt for lenge siden',
      many: 'Haster: fakturaer fra {{ company.name }} er forfalt for lenge siden',
    },
    opening: {
      one:
        'Følgende faktura er ubetalt lenge etter forfall. Vennligst betal den nå uten ytterligere ' +
        'opphold. Kan dere ikke betale hele beløpet på én gang, ta kontakt med oss med det samme, så vi ' +
        'kan finne en løsning sammen.',
      many:
        'Følgende fakturaer er ubetalt, og betalingen er forfalt for lenge siden. Vennligst betal det ' +
        'forfalte beløpet nå uten ytterligere opphold. Kan dere ikke betale alt på én gang, ta kontakt ' +
        'med oss med det samme, så vi kan finne en løsning sammen.',
    },
  },
};

export const fi: Phases = {
  upcoming: {
    subject: {
      one: 'Laskun {{ items[0].number }} eräpäivä on {{ items[0].due_on | date }}',
      many: '{{ items.size }} laskua erääntyy pian: {{ company.name }}',
    },
    opening: {
      one:
        'Tiedoksenne: seuraava lasku erääntyy pian. Jos maksu on jo suunniteltu, teidän ei tarvitse ' +
        'tehdä mitään.',
      many:
        'Tiedoksenne: seuraavat laskut erääntyvät pian. Jos maksu on jo suunniteltu, teidän ei tarvitse ' +
        'tehdä mitään.',
    },
  },
  due_today: {
    subject: {
      one: 'Lasku {{ items[0].number }} erääntyy tänään',
      many: 'Tänään erääntyvä maksu: {{ company.name }}',
    },
    opening: {
      one: 'Seuraava lasku erääntyy tänään. Jos maksunne on jo matkalla, kiitos siitä.',
      many: 'Tänään erääntyy maksu, joka koskee seuraavia laskuja. Jos maksunne on jo matkalla, kiitos siitä.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Muistutus: lasku {{ items[0].number }}',
      many: 'Muistutus: {{ items.size }} avointa laskua, {{ company.name }}',
    },
    opening: {
      one:
        'Tietojemme mukaan seuraava lasku on yhä maksamatta. Ehkä se on jäänyt huomaamatta; olisimme ' +
        'kiitollisia maksustanne.',
      many:
        'Tietojemme mukaan seuraavat laskut ovat yhä maksamatta. Ehkä ne ovat jääneet huomaamatta; ' +
        'olisimme kiitollisia maksustanne.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Erääntynyt: lasku {{ items[0].number }}',
      many: 'Erääntyneitä laskuja: {{ company.name }}',
    },
    opening: {
      one:
        'Seuraava lasku on yhä maksamatta, vaikka sen eräpäivä on mennyt. Pyydämme maksamaan sen ' +
        'lähipäivinä tai ilmoittamaan, milloin voimme odottaa maksuanne.',
      many:
        'Seuraavat laskut ovat yhä maksamatta ja maksu on erääntynyt. Pyydämme maksamaan erääntyneen ' +
        'summan lähipäivinä tai ilmoittamaan, milloin voimme odottaa maksuanne.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Kiireellinen: lasku {{ items[0].number }} on erääntynyt kauan sitten',
      many: 'Kiireellinen: kauan sitten erääntyneitä laskuja, {{ company.name }}',
    },
    opening: {
      one:
        'Seuraava lasku on yhä maksamatta kauan eräpäivän jälkeen. Pyydämme maksamaan sen nyt ' +
        'viipymättä. Jos ette voi maksaa koko summaa kerralla, ottakaa meihin heti yhteyttä, niin ' +
        'löydämme yhdessä ratkaisun.',
      many:
        'Seuraavat laskut ovat yhä maksamatta ja maksu on erääntynyt kauan sitten. Pyydämme maksamaan ' +
        'erääntyneen summan nyt viipymättä. Jos ette voi maksaa kaikkea kerralla, ottakaa meihin heti ' +
        'yhteyttä, niin löydämme yhdessä ratkaisun.',
    },
  },
};

export const et: Phases = {
  upcoming: {
    subject: {
      one: 'Arve {{ items[0].number }} maksetähtaeg on {{ items[0].due_on | date }}',
      many: 'Peagi saabub arvete maksetähtaeg: {{ company.name }}',
    },
    opening: {
      one:
        'Anname teada, et järgmise arve maksetähtaeg saabub peagi. Kui makse on juba plaanis, ei ole ' +
        'teil vaja midagi teha.',
      many:
        'Anname teada, et järgmiste arvete maksetähtaeg saabub peagi. Kui makse on juba plaanis, ei ole ' +
        'teil vaja midagi teha.',
    },
  },
  due_today: {
    subject: {
      one: 'Arve {{ items[0].number }} maksetähtaeg on täna',
      many: 'Täna on makse tähtaeg: {{ company.name }}',
    },
    opening: {
      one: 'Järgmise arve maksetähtaeg on täna. Kui teie makse on juba teel, siis täname.',
      many: 'Täna on makse tähtaeg, mis puudutab järgmisi arveid. Kui teie makse on juba teel, siis täname.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Meeldetuletus: arve {{ items[0].number }}',
      many: 'Meeldetuletus: tasumata arved, {{ company.name }}',
    },
    opening: {
      one:
        'Meie andmetel on järgmine arve veel tasumata. Võib-olla jäi see kahe silma vahele; oleme ' +
        'tasumise eest tänulikud.',
      many:
        'Meie andmetel on järgmised arved veel tasumata. Võib-olla jäid need kahe silma vahele; oleme ' +
        'tasumise eest tänulikud.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Tähtaeg ületatud: arve {{ items[0].number }}',
      many: 'Tähtaeg ületatud: arved, {{ company.name }}',
    },
    opening: {
      one:
        'Järgmine arve on veel tasumata, kuigi selle tähtaeg on möödas. Palume see lähipäevil tasuda või ' +
        'teatada, millal võime makset oodata.',
      many:
        'Järgmised arved on veel tasumata ja makse tähtaeg on möödas. Palume tähtaja ületanud summa ' +
        'lähipäevil tasuda või teatada, millal võime makset oodata.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Kiire: arve {{ items[0].number }} tähtaeg on ammu möödas',
      many: 'Kiire: ammu möödunud tähtajaga arved, {{ company.name }}',
    },
    opening: {
      one:
        'Järgmine arve on tasumata kaua pärast tähtaega. Palume see nüüd viivitamata tasuda. Kui te ei ' +
        'saa kogu summat korraga maksta, võtke meiega kohe ühendust, et leiaksime koos lahenduse.',
      many:
        'Järgmised arved on tasumata ja makse tähtaeg on ammu möödas. Palume tähtaja ületanud summa nüüd ' +
        'viivitamata tasuda. Kui te ei saa kõike korraga maksta, võtke meiega kohe ühendust, et ' +
        'leiaksime koos lahenduse.',
    },
  },
};
