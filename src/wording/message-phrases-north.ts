// The words of messages in Dutch, Swedish, Danish, Norwegian, Finnish and Estonian.

import type { MessagePhrases } from './message-phrases.ts';

export const nl: MessagePhrases = {
  greeting: 'Goedendag{% if contact.name %} {{ contact.name }}{% endif %},',
  itemLine: 'Factuur {{ item.number }} van {{ item.issued_on | date }}, vervaldatum {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} te laat',
  totalOpen: 'Totaal openstaand',
  payTo: 'Betaal a.u.b. op deze rekening',
  holder: 'Rekeninghouder',
  attached: {
    one: 'De factuur is bijgevoegd.',
    many: 'De facturen zijn bijgevoegd.',
  },
  leftOut: {
    before: 'Te groot voor deze e-mail en daarom niet bijgevoegd',
    ask: 'Antwoord ons, dan sturen we het op een andere manier.',
  },
  online: 'Uw rekening bekijken en online betalen',
  viewDocument: 'Het document online bekijken en bewaren',
  alreadyPaid:
    'Hebt u al betaald? Dan kunt u dit bericht als niet verzonden beschouwen; hartelijk dank. Hebt u ' +
    'al meer dan enkele dagen geleden betaald, dan helpt een kort antwoord met datum en kenmerk ons ' +
    'uw betaling te vinden.',
  notRight: 'Klopt er iets niet aan een factuur? Antwoord op dit bericht, dan zoeken we het uit.',
  penalties:
    'Wij wijzen u erop dat bij te late betaling rente en incassokosten in rekening kunnen worden ' +
    'gebracht, voor zover de wet of onze overeenkomst daarin voorziet.',
  regards: 'Met vriendelijke groet',
  invoiceMail: {
    subject: 'Uw factuur {{ document.number }}',
    opening:
      'Hartelijk dank voor uw opdracht. Bijgevoegd vindt u onze factuur {{ document.number }} van ' +
      '{{ document.issued_on | date }} voor {{ document.total | money }}.',
    dueLine: 'De vervaldatum is {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'Uw creditnota {{ document.number }}',
    opening:
      'Bijgevoegd vindt u onze creditnota {{ document.number }} van {{ document.issued_on | date }} ' +
      'voor {{ document.total | money }}. Het bedrag wordt u gecrediteerd; u hoeft niets te betalen.',
  },
  statementMail: {
    subject: 'Uw rekeningoverzicht per {{ statement.as_of | date }}',
    opening: 'Bijgevoegd vindt u het overzicht van uw rekening per {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'vervalt op',
    ask: 'Vragen:',
  },
};

export const sv: MessagePhrases = {
  greeting: 'Hej{% if contact.name %} {{ contact.name }}{% endif %}!',
  itemLine: 'Faktura {{ item.number }} av {{ item.issued_on | date }}, förfaller {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} försenad',
  totalOpen: 'Totalt obetalt',
  payTo: 'Vänligen betala till detta konto',
  holder: 'Kontohavare',
  attached: {
    one: 'Fakturan är bifogad.',
    many: 'Fakturorna är bifogade.',
  },
  leftOut: {
    before: 'För stor för detta mejl och därför inte bifogad',
    ask: 'Svara oss, så skickar vi den på annat sätt.',
  },
  online: 'Se ert konto och betala online',
  viewDocument: 'Se och spara dokumentet online',
  alreadyPaid:
    'Har ni redan betalat? Bortse då från detta meddelande, och tack. Är betalningen mer än några ' +
    'dagar gammal hjälper ett kort svar med datum och referens oss att hitta den.',
  notRight: 'Är något fel på en faktura? Svara på detta meddelande, så undersöker vi saken.',
  penalties:
    'Observera att ränta och kostnader för indrivning kan tillkomma vid sen betalning, i den mån ' +
    'lagen eller vårt avtal medger det.',
  regards: 'Med vänlig hälsning',
  invoiceMail: {
    subject: 'Er faktura {{ document.number }}',
    opening:
      'Tack för er beställning. Bifogat finner ni vår faktura {{ document.number }} av ' +
      '{{ document.issued_on | date }} på {{ document.total | money }}.',
    dueLine: 'Den förfaller {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'Er kreditfaktura {{ document.number }}',
    opening:
      'Bifogat finner ni vår kreditfaktura {{ document.number }} av {{ document.issued_on | date }} på ' +
      '{{ document.total | money }}. Beloppet tillgodoförs ert konto; ni behöver inte betala något.',
  },
  statementMail: {
    subject: 'Ert kontoutdrag per {{ statement.as_of | date }}',
    opening: 'Bifogat finner ni utdraget av ert konto per {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'förfaller',
    ask: 'Frågor:',
  },
};

export const da: MessagePhrases = {
  greeting: 'Goddag{% if contact.name %} {{ contact.name }}{% endif %},',
  itemLine: 'Faktura {{ item.number }} af {{ item.issued_on | date }}, forfalder {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} for sent',
  totalOpen: 'Udestående i alt',
  payTo: 'Betal venligst til denne konto',
  holder: 'Kontohaver',
  attached: {
    one: 'Fakturaen er vedhæftet.',
    many: 'Fakturaerne er vedhæftet.',
  },
  leftOut: {
    before: 'For stor til denne mail og derfor ikke vedhæftet',
    ask: 'Svar os, så sender vi den på anden vis.',
  },
  online: 'Se jeres konto og betal online',
  viewDocument: 'Se og gem dokumentet online',
  alreadyPaid:
    'Har I allerede betalt? Så se venligst bort fra denne besked, og tak. Er betalingen mere end ' +
    'nogle dage gammel, hjælper et kort svar med dato og reference os med at finde den.',
  notRight: 'Er der noget galt med en faktura? Svar på denne besked, så ser vi på det.',
  penalties:
    'Vær opmærksom på, at der ved for sen betaling kan påløbe renter og inddrivelsesomkostninger, i ' +
    'det omfang loven eller vores aftale giver adgang til det.',
  regards: 'Med venlig hilsen',
  invoiceMail: {
    subject: 'Jeres faktura {{ document.number }}',
    opening:
      'Tak for jeres ordre. Vedhæftet finder I vores faktura {{ document.number }} af ' +
      '{{ document.issued_on | date }} på {{ document.total | money }}.',
    dueLine: 'Den forfalder {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'Jeres kreditnota {{ document.number }}',
    opening:
      'Vedhæftet finder I vores kreditnota {{ document.number }} af {{ document.issued_on | date }} på ' +
      '{{ document.total | money }}. Beløbet krediteres jer; I skal ikke betale noget.',
  },
  statementMail: {
    subject: 'Jeres kontoudtog pr. {{ statement.as_of | date }}',
    opening: 'Vedhæftet finder I udtoget af jeres konto pr. {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'forfalder',
    ask: 'Spørgsmål:',
  },
};

export const nb: MessagePhrases = {
  greeting: 'Hei{% if contact.name %} {{ contact.name }}{% endif %},',
  itemLine: 'Faktura {{ item.number }} av {{ item.issued_on | date }}, forfaller {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} for sent',
  totalOpen: 'Totalt utestående',
  payTo: 'Vennligst betal til denne kontoen',
  holder: 'Kontohaver',
  attached: {
    one: 'Fakturaen er vedlagt.',
    many: 'Fakturaene er vedlagt.',
  },
  leftOut: {
    before: 'For stor for denne e-posten og derfor ikke vedlagt',
    ask: 'Svar oss, så sender vi den på en annen måte.',
  },
  online: 'Se kontoen deres og betal på nett',
  viewDocument: 'Se og lagre dokumentet på nett',
  alreadyPaid:
    'Har dere allerede betalt? Da kan dere se bort fra denne meldingen, og takk. Er betalingen mer ' +
    'enn noen dager gammel, hjelper et kort svar med dato og referanse oss med å finne den.',
  notRight: 'Er det noe galt med en faktura? Svar på denne meldingen, så ser vi på det.',
  penalties:
    'Vær oppmerksom på at det ved forsinket betaling kan påløpe renter og inndrivelseskostnader, i ' +
    'den grad loven eller avtalen vår åpner for det.',
  regards: 'Med vennlig hilsen',
  invoiceMail: {
    subject: 'Deres faktura {{ document.number }}',
    opening:
      'Takk for bestillingen. Vedlagt følger vår faktura {{ document.number }} av ' +
      '{{ document.issued_on | date }} på {{ document.total | money }}.',
    dueLine: 'Den forfaller {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'Deres kreditnota {{ document.number }}',
    opening:
      'Vedlagt følger vår kreditnota {{ document.number }} av {{ document.issued_on | date }} på ' +
      '{{ document.total | money }}. Beløpet godskrives dere; dere skal ikke betale noe.',
  },
  statementMail: {
    subject: 'Deres kontoutskrift per {{ statement.as_of | date }}',
    opening: 'Vedlagt følger utskriften av kontoen deres per {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'forfaller',
    ask: 'Spørsmål:',
  },
};

export const fi: MessagePhrases = {
  greeting: 'Hei{% if contact.name %} {{ contact.name }}{% endif %},',
  itemLine:
    'Lasku {{ item.number }}, päivätty {{ item.issued_on | date }}, eräpäivä {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} myöhässä',
  totalOpen: 'Avoinna yhteensä',
  payTo: 'Pyydämme maksamaan tälle tilille',
  holder: 'Tilinomistaja',
  attached: {
    one: 'Lasku on liitteenä.',
    many: 'Laskut ovat liitteinä.',
  },
  leftOut: {
    before: 'Liian suuri tähän viestiin, joten ei liitteenä',
    ask: 'Vastatkaa meille, niin lähetämme sen toisella tavalla.',
  },
  online: 'Katsokaa tiliänne ja maksakaa verkossa',
  viewDocument: 'Katsokaa ja tallentakaa asiakirja verkossa',
  alreadyPaid:
    'Oletteko jo maksaneet? Siinä tapauksessa tämä viesti on aiheeton; kiitos. Jos maksusta on ' +
    'kulunut jo useita päiviä, lyhyt vastaus, jossa on maksupäivä ja viite, auttaa meitä löytämään ' +
    'sen.',
  notRight: 'Onko laskussa jotain vialla? Vastatkaa tähän viestiin, niin selvitämme asian.',
  penalties:
    'Huomatkaa, että myöhästyneestä maksusta voidaan periä korkoa ja perintäkuluja siltä osin kuin ' +
    'laki tai sopimuksemme niin määrää.',
  regards: 'Ystävällisin terveisin',
  invoiceMail: {
    subject: 'Laskunne {{ document.number }}',
    opening:
      'Kiitos tilauksestanne. Liitteenä on laskumme {{ document.number }}, päivätty ' +
      '{{ document.issued_on | date }}, summaltaan {{ document.total | money }}.',
    dueLine: 'Eräpäivä on {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'Hyvityslaskunne {{ document.number }}',
    opening:
      'Liitteenä on hyvityslaskumme {{ document.number }}, päivätty {{ document.issued_on | date }}, ' +
      'summaltaan {{ document.total | money }}. Summa hyvitetään teille; teidän ei tarvitse maksaa ' +
      'mitään.',
  },
  statementMail: {
    subject: 'Tiliotteenne {{ statement.as_of | date }}',
    opening: 'Liitteenä on tilinne ote tilanteesta {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'eräpäivä',
    ask: 'Kysymykset:',
  },
};

export const et: MessagePhrases = {
  greeting: 'Tere{% if contact.name %} {{ contact.name }}{% endif %},',
  itemLine:
    'Arve {{ item.number }}, kuupäev {{ item.issued_on | date }}, maksetähtaeg {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} hilinenud',
  totalOpen: 'Tasumata kokku',
  payTo: 'Palume tasuda sellele kontole',
  holder: 'Kontoomanik',
  attached: {
    one: 'Arve on lisatud.',
    many: 'Arved on lisatud.',
  },
  leftOut: {
    before: 'Selle kirja jaoks liiga suur ja seetõttu lisamata',
    ask: 'Vastake meile ja saadame selle muul viisil.',
  },
  online: 'Vaadake oma kontot ja makske veebis',
  viewDocument: 'Vaadake ja salvestage dokument veebis',
  alreadyPaid:
    'Kas olete juba tasunud? Siis palun ärge seda kirja arvestage; täname. Kui tasusite rohkem kui ' +
    'mõni päev tagasi, aitab lühike vastus kuupäeva ja viitega meil makse üles leida.',
  notRight: 'Kas arvel on midagi valesti? Vastake sellele kirjale ja me uurime asja.',
  penalties:
    'Juhime tähelepanu, et hilinenud maksete eest võidakse nõuda viivist ja sissenõudmiskulusid, ' +
    'niivõrd kui seadus või meie kokkulepe seda ette näeb.',
  regards: 'Lugupidamisega',
  invoiceMail: {
    subject: 'Teie arve {{ document.number }}',
    opening:
      'Täname teid. Lisatud on meie arve {{ document.number }}, kuupäev {{ document.issued_on | date }}' +
      ', summas {{ document.total | money }}.',
    dueLine: 'Maksetähtaeg on {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'Teie kreeditarve {{ document.number }}',
    opening:
      'Lisatud on meie kreeditarve {{ document.number }}, kuupäev {{ document.issued_on | date }}, ' +
      'summas {{ document.total | money }}. Summa arvestatakse teie kasuks; teil ei ole vaja midagi ' +
      'maksta.',
  },
  statementMail: {
    subject: 'Teie kontoväljavõte seisuga {{ statement.as_of | date }}',
    opening: 'Lisatud on teie konto väljavõte seisuga {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'maksetähtaeg',
    ask: 'Küsimused:',
  },
};
