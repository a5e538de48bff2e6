// What stands behind the links of mails, in Dutch, Swedish, Danish, Norwegian, Finnish and Estonian.

import type { LinkWords } from './link-words.ts';

export const nl: LinkWords = {
  from: 'Van',
  save: 'Opslaan',
  until: 'Hier beschikbaar tot en met {day}.',
  noted: 'De afzender krijgt één keer bericht dat een document is geopend, en wanneer.',
  gone: 'Deze link werkt niet',
  goneWhy: 'Hij is verlopen, beëindigd of niet volledig. Beantwoord de e-mail waarin hij stond.',
  title: {
    reminder: 'Geen betalingsherinneringen meer ontvangen?',
    statement: 'Geen rekeningoverzichten meer ontvangen?',
  },
  happens:
    'Druk op de knop en {company} stuurt niets meer van deze soort naar dit adres. Facturen blijven komen, wat openstaat blijft openstaan, en andere ontvangers worden aangeschreven als voorheen. {company} ziet dat u dit hebt gestopt.',
  button: 'Stoppen voor {address}',
  since: 'Naar {address} gaat sinds {day} niets meer van deze soort.',
  other: 'Is iemand anders de juiste ontvanger?',
  otherWhy: 'Laat het adres achter. Er verandert niets vanzelf: iemand bij {company} kijkt er eerst naar.',
  field: 'Juist adres',
  instead: 'In plaats van',
  tell: 'Aan de afzender doorgeven',
  notices: {
    stopped: 'Gedaan. Het is gestopt.',
    noted: 'Dank u. Iemand kijkt ernaar.',
    noted_before: 'Via deze link zijn genoeg adressen doorgegeven. Iemand kijkt ernaar.',
    address_not_valid: 'Dit is geen e-mailadres. Het ziet eruit als anna@example.com.',
  },
  line: {
    reminder: 'Geen herinneringen meer naar dit adres, of een ander adres doorgeven',
    statement: 'Geen overzichten meer naar dit adres, of een ander adres doorgeven',
  },
};

export const sv: LinkWords = {
  from: 'Från',
  save: 'Spara',
  until: 'Finns här till och med {day}.',
  noted: 'Avsändaren får veta en gång att ett dokument öppnades, och när.',
  gone: 'Länken fungerar inte',
  goneWhy: 'Den har gått ut, avslutats eller är inte fullständig. Svara på det mejl som den stod i.',
  title: { reminder: 'Sluta få betalningspåminnelser?', statement: 'Sluta få kontoutdrag?' },
  happens:
    'Tryck på knappen så skickar {company} inget mer av detta slag till adressen. Fakturor kommer som vanligt, det som är obetalt står kvar och andra mottagare får brev som förut. {company} får veta att ni har stoppat det.',
  button: 'Stoppa för {address}',
  since: 'Inget av detta slag skickas till {address} sedan {day}.',
  other: 'Är någon annan rätt mottagare?',
  otherWhy: 'Lämna adressen. Inget ändras av sig självt: en person hos {company} tittar på den först.',
  field: 'Rätt adress',
  instead: 'I stället för',
  tell: 'Meddela avsändaren',
  notices: {
    stopped: 'Klart. Det är stoppat.',
    noted: 'Tack. En person tittar på det.',
    noted_before: 'Tillräckligt många adresser har lämnats via länken. En person tittar på dem.',
    address_not_valid: 'Det är ingen e-postadress. En sådan ser ut som anna@example.com.',
  },
  line: {
    reminder: 'Inga fler påminnelser till denna adress, eller ange en annan',
    statement: 'Inga fler kontoutdrag till denna adress, eller ange en annan',
  },
};

export const da: LinkWords = {
  from: 'Fra',
  save: 'Gem',
  until: 'Kan hentes her til og med {day}.',
  noted: 'Afsenderen får én gang at vide, at et dokument blev åbnet, og hvornår.',
  gone: 'Linket virker ikke',
  goneWhy: 'Det er udløbet, afsluttet eller ikke fuldstændigt. Besvar den mail, det stod i.',
  title: {
    reminder: 'Ikke modtage flere betalingspåmindelser?',
    statement: 'Ikke modtage flere kontoudtog?',
  },
  happens:
    'Tryk på knappen, så sender {company} ikke mere af denne slags til adressen. Fakturaer kommer stadig, det skyldige står ved magt, og andre modtagere får besked som før. {company} får at vide, at I har stoppet det.',
  button: 'Stop for {address}',
  since: 'Der sendes intet af denne slags til {address} siden {day}.',
  other: 'Er en anden den rette modtager?',
  otherWhy: 'Angiv adressen. Intet ændres af sig selv: en person hos {company} ser på den først.',
  field: 'Rigtig adresse',
  instead: 'I stedet for',
  tell: 'Giv afsenderen besked',
  notices: {
    stopped: 'Udført. Det er stoppet.',
    noted: 'Tak. En person ser på det.',
    noted_before: 'Der er angivet nok adresser via dette link. En person ser på dem.',
    address_not_valid: 'Det er ikke en mailadresse. Den ser ud som anna@example.com.',
  },
  line: {
    reminder: 'Ikke flere påmindelser til denne adresse, eller angiv en anden',
    statement: 'Ikke flere kontoudtog til denne adresse, eller angiv en anden',
  },
};

export const nb: LinkWords = {
  from: 'Fra',
  save: 'Lagre',
  until: 'Kan hentes her til og med {day}.',
  noted: 'Avsenderen får vite én gang at et dokument ble åpnet, og når.',
  gone: 'Lenken virker ikke',
  goneWhy: 'Den er utløpt, avsluttet eller ikke fullstendig. Svar på e-posten den sto i.',
  title: { reminder: 'Slutte å få betalingspåminnelser?', statement: 'Slutte å få kontoutskrifter?' },
  happens:
    'Trykk på knappen, så sender {company} ikke mer av dette slaget til adressen. Fakturaer kommer fortsatt, det som er ubetalt, står ved lag, og andre mottakere får beskjed som før. {company} får vite at dere har stoppet det.',
  button: 'Stopp for {address}',
  since: 'Ingenting av dette slaget sendes til {address} siden {day}.',
  other: 'Er noen andre rett mottaker?',
  otherWhy: 'Oppgi adressen. Ingenting endres av seg selv: en person hos {company} ser på den først.',
  field: 'Riktig adresse',
  instead: 'I stedet for',
  tell: 'Gi avsenderen beskjed',
  notices: {
    stopped: 'Utført. Det er stoppet.',
    noted: 'Takk. En person ser på det.',
    noted_before: 'Det er oppgitt nok adresser via denne lenken. En person ser på dem.',
    address_not_valid: 'Dette er ikke en e-postadresse. Den ser ut som anna@example.com.',
  },
  line: {
    reminder: 'Ikke flere påminnelser til denne adressen, eller oppgi en annen',
    statement: 'Ikke flere kontoutskrifter til denne adressen, eller oppgi en annen',
  },
};

export const fi: LinkWords = {
  from: 'Lähettäjä:',
  save: 'Tallenna',
  until: 'Saatavilla täällä {day} asti.',
  noted: 'Lähettäjä saa kerran tiedon siitä, että asiakirja avattiin, ja milloin.',
  gone: 'Tämä linkki ei toimi',
  goneWhy: 'Se on vanhentunut, lopetettu tai puutteellinen. Vastatkaa viestiin, jossa se oli.',
  title: { reminder: 'Lopetetaanko maksumuistutukset?', statement: 'Lopetetaanko tiliotteet?' },
  happens:
    'Kun painatte painiketta, {company} ei enää lähetä tällaista tähän osoitteeseen. Laskut tulevat edelleen, avoin velka säilyy ja muille vastaanottajille kirjoitetaan kuten ennenkin. {company} saa tiedon lopetuksesta.',
  button: 'Lopeta: {address}',
  since: 'Osoitteeseen {address} ei ole lähetetty tällaista {day} alkaen.',
  other: 'Onko oikea vastaanottaja joku muu?',
  otherWhy: 'Jättäkää osoite. Mikään ei muutu itsestään: ensin sen katsoo ihminen ({company}).',
  field: 'Oikea osoite',
  instead: 'Tämän sijasta',
  tell: 'Ilmoita lähettäjälle',
  notices: {
    stopped: 'Valmis. Lähettäminen on lopetettu.',
    noted: 'Kiitos. Ihminen katsoo asian.',
    noted_before: 'Tällä linkillä on jätetty tarpeeksi osoitteita. Ihminen katsoo ne.',
    address_not_valid: 'Tämä ei ole sähköpostiosoite. Se näyttää tältä: anna@example.com.',
  },
  line: {
    reminder: 'Ei enää muistutuksia tähän osoitteeseen, tai ilmoita toinen osoite',
    statement: 'Ei enää tiliotteita tähän osoitteeseen, tai ilmoita toinen osoite',
  },
};

export const et: LinkWords = {
  from: 'Saatja:',
  save: 'Salvesta',
  until: 'Siin saadaval kuni {day}.',
  noted: 'Saatja saab ühe korra teada, et dokument avati ja millal.',
  gone: 'See link ei tööta',
  goneWhy: 'See on aegunud, lõpetatud või pole täielik. Palun vastake kirjale, milles see oli.',
  title: { reminder: 'Kas lõpetada maksemeeldetuletused?', statement: 'Kas lõpetada kontoväljavõtted?' },
  happens:
    'Vajutage nuppu ja {company} ei saada sellele aadressile enam midagi sellist. Arved tulevad edasi, tasumata summa jääb kehtima ja teistele saajatele kirjutatakse nagu varem. {company} saab teada, et te selle lõpetasite.',
  button: 'Lõpeta: {address}',
  since: 'Aadressile {address} ei saadeta midagi sellist alates {day}.',
  other: 'Kas õige saaja on keegi teine?',
  otherWhy: 'Jätke aadress. Midagi ei muutu iseenesest: enne vaatab selle üle inimene ({company}).',
  field: 'Õige aadress',
  instead: 'Selle asemel',
  tell: 'Teata saatjale',
  notices: {
    stopped: 'Tehtud. Saatmine on lõpetatud.',
    noted: 'Täname. Inimene vaatab selle üle.',
    noted_before: 'Selle lingi kaudu on jäetud piisavalt aadresse. Inimene vaatab need üle.',
    address_not_valid: 'See ei ole e-posti aadress. See näeb välja nagu anna@example.com.',
  },
  line: {
    reminder: 'Mitte enam meeldetuletusi sellele aadressile, või teata teine aadress',
    statement: 'Mitte enam väljavõtteid sellele aadressile, või teata teine aadress',
  },
};
