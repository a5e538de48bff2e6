// What charges say in Dutch, Swedish, Danish, Norwegian, Finnish and Estonian.

import type { ChargeWords } from './charge-words.ts';

export const nl: ChargeWords = {
  title: 'Rente en kosten wegens late betaling',
  creditTitle: 'Creditering van rente en kosten',
  through: 'Berekend tot en met',
  explained: 'Het volgende is te laat betaald of vervallen. Daarvoor brengen wij in rekening:',
  sheet: 'Berekening van de rente',
  days: 'Dagen',
  base: 'Openstaand bedrag',
  rate: 'Rente per jaar',
  interest: 'Rente',
  dayRange: '{from} t/m {to}',
  feeTotal: 'Kosten',
  untaxed: 'Rente en vergoeding wegens late betaling vallen buiten de heffing van btw.',
  rounding:
    'De rente is per dag berekend over het openstaande bedrag, zonder rente op rente, en per post één keer afgerond.',
  kinds: {
    interest: 'Vertragingsrente',
    fixed_sum: 'Vaste vergoeding voor invorderingskosten',
    reminder_fee: 'Herinneringskosten',
    return_fee: 'Kosten van een teruggekomen betaling',
    correction: 'Correctie van de rente',
    fee_correction: 'Correctie van de vaste vergoeding',
    waiver: 'Kwijtgescholden',
  },
  phases: { reminder: 'Herinnering', demand: 'Aanmaning', final_notice: 'Laatste aanmaning' },
  mail: 'Sommige van uw betalingen kwamen te laat of zijn vervallen. Bijgevoegd vindt u onze afrekening {{ document.number }} van {{ document.issued_on | date }} voor {{ document.total | money }}, met de berekening.',
  creditMail:
    'Bijgevoegd vindt u onze creditering {{ document.number }} van {{ document.issued_on | date }} voor {{ document.total | money }} van rente en kosten. U hoeft niets te betalen.',
};

export const sv: ChargeWords = {
  title: 'Dröjsmålsränta och avgifter',
  creditTitle: 'Kreditering av ränta och avgifter',
  through: 'Beräknat till och med',
  explained: 'Följande betalades för sent eller är förfallet. För det debiterar vi:',
  sheet: 'Så beräknades räntan',
  days: 'Dagar',
  base: 'Obetalt belopp',
  rate: 'Årsränta',
  interest: 'Ränta',
  dayRange: '{from} till {to}',
  feeTotal: 'Avgifter',
  untaxed: 'Dröjsmålsränta och ersättning för sen betalning omfattas inte av mervärdesskatt.',
  rounding:
    'Räntan beräknas per dag på det obetalda beloppet, utan ränta på ränta, och avrundas en gång per post.',
  kinds: {
    interest: 'Dröjsmålsränta',
    fixed_sum: 'Förseningsersättning',
    reminder_fee: 'Påminnelseavgift',
    return_fee: 'Avgift för återgången betalning',
    correction: 'Rättelse av ränta',
    fee_correction: 'Rättelse av förseningsersättning',
    waiver: 'Efterskänkt',
  },
  phases: { reminder: 'Påminnelse', demand: 'Betalningskrav', final_notice: 'Sista krav' },
  mail: 'Några av era betalningar kom för sent eller är förfallna. Bifogat finner ni vår avräkning {{ document.number }} av {{ document.issued_on | date }} på {{ document.total | money }}, med beräkningen.',
  creditMail:
    'Bifogat finner ni vår kreditering {{ document.number }} av {{ document.issued_on | date }} på {{ document.total | money }} av ränta och avgifter. Ni behöver inte betala något.',
};

export const da: ChargeWords = {
  title: 'Renter og gebyrer for sen betaling',
  creditTitle: 'Kreditering af renter og gebyrer',
  through: 'Beregnet til og med',
  explained: 'Følgende er betalt for sent eller er forfaldent. For det opkræver vi:',
  sheet: 'Sådan er renten beregnet',
  days: 'Dage',
  base: 'Udestående beløb',
  rate: 'Årlig rente',
  interest: 'Rente',
  dayRange: '{from} til {to}',
  feeTotal: 'Gebyrer',
  untaxed: 'Renter og kompensation for sen betaling er uden for momslovens anvendelsesområde.',
  rounding:
    'Renten beregnes dag for dag af det udestående beløb, uden rentes rente, og afrundes én gang for hver post.',
  kinds: {
    interest: 'Morarente',
    fixed_sum: 'Kompensationsbeløb',
    reminder_fee: 'Rykkergebyr',
    return_fee: 'Gebyr for returneret betaling',
    correction: 'Rettelse af renter',
    fee_correction: 'Rettelse af kompensationsbeløb',
    waiver: 'Eftergivet',
  },
  phases: { reminder: 'Påmindelse', demand: 'Rykker', final_notice: 'Sidste rykker' },
  mail: 'Nogle af jeres betalinger kom for sent eller er forfaldne. Vedhæftet finder I vores opgørelse {{ document.number }} af {{ document.issued_on | date }} på {{ document.total | money }} med beregningen.',
  creditMail:
    'Vedhæftet finder I vores kreditering {{ document.number }} af {{ document.issued_on | date }} på {{ document.total | money }} af renter og gebyrer. I skal ikke betale noget.',
};

export const nb: ChargeWords = {
  title: 'Forsinkelsesrenter og gebyrer',
  creditTitle: 'Kreditering av renter og gebyrer',
  through: 'Beregnet til og med',
  explained: 'Følgende ble betalt for sent eller er forfalt. For dette krever vi:',
  sheet: 'Slik er renten beregnet',
  days: 'Dager',
  base: 'Utestående beløp',
  rate: 'Årlig rente',
  interest: 'Rente',
  dayRange: '{from} til {to}',
  feeTotal: 'Gebyrer',
  untaxed: 'Forsinkelsesrenter og kompensasjon for sen betaling er utenfor merverdiavgiftsområdet.',
  rounding:
    'Renten beregnes per dag av det utestående beløpet, uten rentesrente, og avrundes én gang for hver post.',
  kinds: {
    interest: 'Forsinkelsesrente',
    fixed_sum: 'Standardkompensasjon for inndrivelseskostnader',
    reminder_fee: 'Purregebyr',
    return_fee: 'Gebyr for returnert betaling',
    correction: 'Rettelse av renter',
    fee_correction: 'Rettelse av standardkompensasjon',
    waiver: 'Ettergitt',
  },
  phases: { reminder: 'Påminnelse', demand: 'Purring', final_notice: 'Siste purring' },
  mail: 'Noen av betalingene deres kom for sent eller er forfalt. Vedlagt følger vår avregning {{ document.number }} av {{ document.issued_on | date }} på {{ document.total | money }} med beregningen.',
  creditMail:
    'Vedlagt følger vår kreditering {{ document.number }} av {{ document.issued_on | date }} på {{ document.total | money }} av renter og gebyrer. Dere skal ikke betale noe.',
};

export const fi: ChargeWords = {
  title: 'Viivästyskorot ja maksut',
  creditTitle: 'Korkojen ja maksujen hyvitys',
  through: 'Laskettu saakka',
  explained: 'Seuraavat maksettiin myöhässä tai ovat erääntyneet. Veloitamme niistä:',
  sheet: 'Näin korko on laskettu',
  days: 'Päivät',
  base: 'Avoin määrä',
  rate: 'Vuosikorko',
  interest: 'Korko',
  dayRange: '{from} – {to}',
  feeTotal: 'Maksut',
  untaxed: 'Viivästyskorko ja korvaus maksun viivästymisestä eivät kuulu arvonlisäverotuksen piiriin.',
  rounding:
    'Korko lasketaan päivittäin avoimelle määrälle ilman korkoa korolle ja pyöristetään kerran erää kohden.',
  kinds: {
    interest: 'Viivästyskorko',
    fixed_sum: 'Vakiokorvaus perintäkuluista',
    reminder_fee: 'Muistutusmaksu',
    return_fee: 'Palautuneen maksun kulu',
    correction: 'Koron oikaisu',
    fee_correction: 'Vakiokorvauksen oikaisu',
    waiver: 'Annettu anteeksi',
  },
  phases: { reminder: 'Muistutus', demand: 'Maksukehotus', final_notice: 'Viimeinen maksukehotus' },
  mail: 'Osa maksuistanne saapui myöhässä tai on erääntynyt. Liitteenä on laskelmamme {{ document.number }}, päivätty {{ document.issued_on | date }}, {{ document.total | money }}, laskentaerittelyineen.',
  creditMail:
    'Liitteenä on korkojen ja maksujen hyvityksemme {{ document.number }}, päivätty {{ document.issued_on | date }}, {{ document.total | money }}. Teidän ei tarvitse maksaa mitään.',
};

export const et: ChargeWords = {
  title: 'Viivised ja tasud',
  creditTitle: 'Viiviste ja tasude kreeditarve',
  through: 'Arvestatud kuni',
  explained: 'Järgnev tasuti hilinenult või on tähtaja ületanud. Selle eest arvestame:',
  sheet: 'Viivise arvestus',
  days: 'Päevi',
  base: 'Tasumata summa',
  rate: 'Aastamäär',
  interest: 'Viivis',
  dayRange: '{from} – {to}',
  feeTotal: 'Tasud',
  untaxed: 'Viivis ja hüvitis maksega hilinemise eest ei kuulu käibemaksuga maksustamisele.',
  rounding:
    'Viivist arvestatakse päevade kaupa tasumata summalt, viiviselt viivist võtmata, ja ümardatakse kord kirje kohta.',
  kinds: {
    interest: 'Viivis',
    fixed_sum: 'Sissenõudmiskulude hüvitis',
    reminder_fee: 'Meeldetuletuse tasu',
    return_fee: 'Tagastatud makse tasu',
    correction: 'Viivise parandus',
    fee_correction: 'Hüvitise parandus',
    waiver: 'Loobutud',
  },
  phases: { reminder: 'Meeldetuletus', demand: 'Nõue', final_notice: 'Viimane nõue' },
  mail: 'Mõned teie maksed laekusid hilinenult või on tähtaja ületanud. Manuses on meie arvestus {{ document.number }}, {{ document.issued_on | date }}, summas {{ document.total | money }}, koos arvutuskäiguga.',
  creditMail:
    'Manuses on viiviste ja tasude kreeditarve {{ document.number }}, {{ document.issued_on | date }}, summas {{ document.total | money }}. Teil ei ole vaja midagi maksta.',
};
