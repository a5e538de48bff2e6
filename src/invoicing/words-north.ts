// What invoicing says on paper, in Dutch, Swedish, Danish, Norwegian, Finnish and Estonian.

import type { Words } from './document-words.ts';

export const nl: Words = {
  takenOver: {
    invoice: 'Factuur {number}, bedrag zoals uitgegeven',
    credit_note: 'Creditnota {number}, bedrag zoals uitgegeven',
  },
  copy: 'Overzicht van bedragen; het document zelf is door een ander systeem uitgegeven.',
  draft: 'CONCEPT',
  voided: 'VERVALLEN: dit document is op {date} geannuleerd. Er is niets te betalen.',
  reason: 'Reden: {reason}',
  attached: 'Bijlagen: {files}',
  discountTaken:
    'Bij de betaling is {amount} korting afgetrokken; deze creditnota is met dat bedrag verlaagd.',
  untaxed: {
    E: 'Vrijgesteld van btw.',
    AE: 'Btw verlegd.',
    K: 'Vrijgestelde intracommunautaire levering.',
    G: 'Vrijgestelde uitvoer.',
  },
  allowance: 'Korting',
  charge: 'Toeslag',
  percentOf: '{percent} van {base}',
  sellerItem: 'Artikel {id}',
  buyerItem: 'Uw artikel {id}',
  orderLine: 'Orderregel {id}',
  taxIn: 'Btw in {currency}: {amount}.',
  deliveredTo: 'Geleverd aan {place}',
  references: {
    salesOrder: 'Onze order',
    contract: 'Overeenkomst',
    project: 'Projectnummer',
    despatchAdvice: 'Pakbon',
    receivingAdvice: 'Ontvangstbewijs',
    object: 'Betreft',
  },
};

export const sv: Words = {
  takenOver: {
    invoice: 'Faktura {number}, belopp enligt utfärdande',
    credit_note: 'Kreditfaktura {number}, belopp enligt utfärdande',
  },
  copy: 'Sammanställning av belopp; själva dokumentet utfärdades av ett annat system.',
  draft: 'UTKAST',
  voided: 'MAKULERAD: dokumentet makulerades {date}. Inget ska betalas.',
  reason: 'Anledning: {reason}',
  attached: 'Bilagor: {files}',
  discountTaken:
    'Vid betalningen drogs en rabatt på {amount} av; kreditfakturan är minskad med detta belopp.',
  untaxed: {
    E: 'Undantag från skatteplikt.',
    AE: 'Omvänd betalningsskyldighet.',
    K: 'Skattefri unionsintern leverans.',
    G: 'Skattefri export.',
  },
  allowance: 'Rabatt',
  charge: 'Tillägg',
  percentOf: '{percent} av {base}',
  sellerItem: 'Artikel {id}',
  buyerItem: 'Er artikel {id}',
  orderLine: 'Orderrad {id}',
  taxIn: 'Moms i {currency}: {amount}.',
  deliveredTo: 'Levererat till {place}',
  references: {
    salesOrder: 'Vår order',
    contract: 'Avtal',
    project: 'Projekt',
    despatchAdvice: 'Följesedel',
    receivingAdvice: 'Mottagningsbevis',
    object: 'Avser',
  },
};

export const da: Words = {
  takenOver: {
    invoice: 'Faktura {number}, beløb som udstedt',
    credit_note: 'Kreditnota {number}, beløb som udstedt',
  },
  copy: 'Opgørelse af beløb; selve dokumentet blev udstedt af et andet system.',
  draft: 'KLADDE',
  voided: 'ANNULLERET: dokumentet blev annulleret {date}. Der skal intet betales.',
  reason: 'Årsag: {reason}',
  attached: 'Bilag: {files}',
  discountTaken:
    'Ved betalingen blev der fratrukket en rabat på {amount}; kreditnotaen er nedsat med dette beløb.',
  untaxed: {
    E: 'Momsfritaget.',
    AE: 'Omvendt betalingspligt.',
    K: 'Momsfri levering inden for EU.',
    G: 'Momsfri eksport.',
  },
  allowance: 'Rabat',
  charge: 'Tillæg',
  percentOf: '{percent} af {base}',
  sellerItem: 'Vare {id}',
  buyerItem: 'Jeres vare {id}',
  orderLine: 'Ordrelinje {id}',
  taxIn: 'Moms i {currency}: {amount}.',
  deliveredTo: 'Leveret til {place}',
  references: {
    salesOrder: 'Vores ordre',
    contract: 'Aftale',
    project: 'Projekt',
    despatchAdvice: 'Følgeseddel',
    receivingAdvice: 'Modtagelsesbevis',
    object: 'Vedrører',
  },
};

export const nb: Words = {
  takenOver: {
    invoice: 'Faktura {number}, beløp som utstedt',
    credit_note: 'Kreditnota {number}, beløp som utstedt',
  },
  copy: 'Oversikt over beløp; selve dokumentet ble utstedt av et annet system.',
  draft: 'KLADD',
  voided: 'ANNULLERT: dokumentet ble annullert {date}. Ingenting skal betales.',
  reason: 'Årsak: {reason}',
  attached: 'Vedlegg: {files}',
  discountTaken:
    'Ved betalingen ble det trukket fra en rabatt på {amount}; kreditnotaen er redusert med dette beløpet.',
  untaxed: {
    E: 'Unntatt fra MVA.',
    AE: 'Omvendt avgiftsplikt.',
    K: 'Avgiftsfri levering innen EU.',
    G: 'Avgiftsfri eksport.',
  },
  allowance: 'Rabatt',
  charge: 'Tillegg',
  percentOf: '{percent} av {base}',
  sellerItem: 'Vare {id}',
  buyerItem: 'Deres vare {id}',
  orderLine: 'Ordrelinje {id}',
  taxIn: 'MVA i {currency}: {amount}.',
  deliveredTo: 'Levert til {place}',
  references: {
    salesOrder: 'Vår ordre',
    contract: 'Avtale',
    project: 'Prosjekt',
    despatchAdvice: 'Pakkseddel',
    receivingAdvice: 'Mottaksbekreftelse',
    object: 'Gjelder',
  },
};

export const fi: Words = {
  takenOver: {
    invoice: 'Lasku {number}, summa laskutuksen mukaan',
    credit_note: 'Hyvityslasku {number}, summa laskutuksen mukaan',
  },
  copy: 'Luettelo summista; itse asiakirjan on laatinut toinen järjestelmä.',
  draft: 'LUONNOS',
  voided: 'MITÄTÖITY: asiakirja mitätöitiin {date}. Maksettavaa ei ole.',
  reason: 'Syy: {reason}',
  attached: 'Liitteet: {files}',
  discountTaken: 'Maksettaessa vähennettiin alennus {amount}; hyvityslaskua on pienennetty tällä summalla.',
  untaxed: {
    E: 'Veroton.',
    AE: 'Käännetty verovelvollisuus.',
    K: 'Veroton yhteisömyynti.',
    G: 'Veroton vienti.',
  },
  allowance: 'Alennus',
  charge: 'Lisämaksu',
  percentOf: '{percent} summasta {base}',
  sellerItem: 'Tuote {id}',
  buyerItem: 'Tuotteenne {id}',
  orderLine: 'Tilausrivi {id}',
  taxIn: 'Vero valuutassa {currency}: {amount}.',
  deliveredTo: 'Toimitettu: {place}',
  references: {
    salesOrder: 'Tilauksemme',
    contract: 'Sopimus',
    project: 'Projekti',
    despatchAdvice: 'Lähetyslista',
    receivingAdvice: 'Vastaanottoilmoitus',
    object: 'Koskee',
  },
};

export const et: Words = {
  takenOver: {
    invoice: 'Arve {number}, summa nagu väljastatud',
    credit_note: 'Kreeditarve {number}, summa nagu väljastatud',
  },
  copy: 'Summade loend; dokumendi väljastas teine süsteem.',
  draft: 'MUSTAND',
  voided: 'TÜHISTATUD: dokument tühistati {date}. Midagi pole tasuda.',
  reason: 'Põhjus: {reason}',
  attached: 'Lisad: {files}',
  discountTaken: 'Tasumisel arvati maha allahindlus {amount}; kreeditarvet on selle summa võrra vähendatud.',
  untaxed: {
    E: 'Maksuvaba.',
    AE: 'Pöördmaksustamine.',
    K: 'Maksuvaba ühendusesisene tarne.',
    G: 'Maksuvaba eksport.',
  },
  allowance: 'Allahindlus',
  charge: 'Lisatasu',
  percentOf: '{percent} summast {base}',
  sellerItem: 'Artikkel {id}',
  buyerItem: 'Teie artikkel {id}',
  orderLine: 'Tellimuse rida {id}',
  taxIn: 'Käibemaks valuutas {currency}: {amount}.',
  deliveredTo: 'Tarnitud: {place}',
  references: {
    salesOrder: 'Meie tellimus',
    contract: 'Leping',
    project: 'Projektid',
    despatchAdvice: 'Saateleht',
    receivingAdvice: 'Vastuvõtuteade',
    object: 'Seoses',
  },
};
