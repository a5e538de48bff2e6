// What charges say in Hungarian, Greek, Latvian, Lithuanian and Turkish.

import type { ChargeWords } from './charge-words.ts';

export const hu: ChargeWords = {
  title: 'Késedelmi kamat és díjak',
  creditTitle: 'Kamat és díjak jóváírása',
  through: 'Számítva eddig',
  explained: 'Az alábbiakat késve fizették meg, vagy lejártak. Ezekért felszámítjuk:',
  sheet: 'A kamat számítása',
  days: 'Napok',
  base: 'Nyitott összeg',
  rate: 'Éves kamatláb',
  interest: 'Kamat',
  dayRange: '{from} – {to}',
  feeTotal: 'Díjak',
  untaxed: 'A késedelmi kamat és a késedelmi kártérítés nem tartozik az áfa hatálya alá.',
  rounding:
    'A kamatot naponta számítjuk a nyitott összegre, kamatos kamat nélkül, és tételenként egyszer kerekítjük.',
  kinds: {
    interest: 'Késedelmi kamat',
    fixed_sum: 'Behajtási költségátalány',
    reminder_fee: 'Felszólítási díj',
    return_fee: 'Visszautalt fizetés díja',
    correction: 'Kamat helyesbítése',
    fee_correction: 'Költségátalány helyesbítése',
    waiver: 'Elengedve',
  },
  phases: { reminder: 'Emlékeztető', demand: 'Felszólítás', final_notice: 'Utolsó felszólítás' },
  mail: 'Néhány befizetésük késve érkezett, vagy lejárt. Mellékelten küldjük {{ document.number }} számú, {{ document.issued_on | date }} keltezésű elszámolásunkat {{ document.total | money }} összegről, a számítással együtt.',
  creditMail:
    'Mellékelten küldjük {{ document.number }} számú, {{ document.issued_on | date }} keltezésű jóváírásunkat {{ document.total | money }} összegről kamatra és díjakra. Nem kell fizetniük.',
};

export const el: ChargeWords = {
  title: 'Τόκοι και έξοδα υπερημερίας',
  creditTitle: 'Πίστωση τόκων και εξόδων',
  through: 'Υπολογισμός έως',
  explained: 'Τα παρακάτω πληρώθηκαν με καθυστέρηση ή είναι ληξιπρόθεσμα. Για αυτά χρεώνουμε:',
  sheet: 'Υπολογισμός των τόκων',
  days: 'Ημέρες',
  base: 'Ανοικτό ποσό',
  rate: 'Ετήσιο επιτόκιο',
  interest: 'Τόκοι',
  dayRange: '{from} – {to}',
  feeTotal: 'Έξοδα',
  untaxed: 'Οι τόκοι και η αποζημίωση για καθυστέρηση πληρωμής είναι εκτός πεδίου εφαρμογής του ΦΠΑ.',
  rounding:
    'Οι τόκοι υπολογίζονται ανά ημέρα στο ανοικτό ποσό, χωρίς τόκους επί τόκων, και στρογγυλοποιούνται μία φορά ανά εγγραφή.',
  kinds: {
    interest: 'Τόκοι υπερημερίας',
    fixed_sum: 'Πάγιο ποσό για έξοδα είσπραξης',
    reminder_fee: 'Έξοδα υπενθύμισης',
    return_fee: 'Έξοδα επιστροφής πληρωμής',
    correction: 'Διόρθωση τόκων',
    fee_correction: 'Διόρθωση πάγιου ποσού',
    waiver: 'Χαρίστηκε',
  },
  phases: { reminder: 'Υπενθύμιση', demand: 'Όχληση', final_notice: 'Τελευταία όχληση' },
  mail: 'Ορισμένες πληρωμές σας ήρθαν με καθυστέρηση ή είναι ληξιπρόθεσμες. Επισυνάπτεται η χρέωσή μας {{ document.number }} της {{ document.issued_on | date }} ποσού {{ document.total | money }}, με τον υπολογισμό της.',
  creditMail:
    'Επισυνάπτεται η πίστωσή μας {{ document.number }} της {{ document.issued_on | date }} ποσού {{ document.total | money }} για τόκους και έξοδα. Δεν χρειάζεται να πληρώσετε τίποτα.',
};

export const lv: ChargeWords = {
  title: 'Nokavējuma procenti un maksas',
  creditTitle: 'Procentu un maksu kredīts',
  through: 'Aprēķināts līdz',
  explained: 'Turpmāk minētais ir samaksāts ar nokavējumu vai ir kavēts. Par to aprēķinām:',
  sheet: 'Procentu aprēķins',
  days: 'Dienas',
  base: 'Nesamaksātā summa',
  rate: 'Gada likme',
  interest: 'Procenti',
  dayRange: '{from} – {to}',
  feeTotal: 'Maksas',
  untaxed: 'Nokavējuma procenti un atlīdzība par maksājuma kavējumu nav PVN objekts.',
  rounding:
    'Procentus aprēķina par katru dienu no nesamaksātās summas, bez procentiem par procentiem, un noapaļo vienreiz katram ierakstam.',
  kinds: {
    interest: 'Nokavējuma procenti',
    fixed_sum: 'Parāda atgūšanas izdevumu fiksētā summa',
    reminder_fee: 'Atgādinājuma maksa',
    return_fee: 'Atgriezta maksājuma maksa',
    correction: 'Procentu labojums',
    fee_correction: 'Fiksētās summas labojums',
    waiver: 'Atlaists',
  },
  phases: { reminder: 'Atgādinājums', demand: 'Pieprasījums', final_notice: 'Pēdējais pieprasījums' },
  mail: 'Daži jūsu maksājumi ir saņemti ar nokavējumu vai ir kavēti. Pielikumā ir mūsu aprēķins {{ document.number }}, datums {{ document.issued_on | date }}, par summu {{ document.total | money }}, ar paskaidrojumu.',
  creditMail:
    'Pielikumā ir mūsu kredīts {{ document.number }}, datums {{ document.issued_on | date }}, par summu {{ document.total | money }} par procentiem un maksām. Jums nekas nav jāmaksā.',
};

export const lt: ChargeWords = {
  title: 'Palūkanos ir mokesčiai už vėlavimą',
  creditTitle: 'Palūkanų ir mokesčių kreditas',
  through: 'Apskaičiuota iki',
  explained: 'Toliau nurodyta suma sumokėta pavėluotai arba yra pradelsta. Už tai skaičiuojame:',
  sheet: 'Palūkanų apskaičiavimas',
  days: 'Dienos',
  base: 'Neapmokėta suma',
  rate: 'Metinė norma',
  interest: 'Palūkanos',
  dayRange: '{from} – {to}',
  feeTotal: 'Mokesčiai',
  untaxed: 'Palūkanos ir kompensacija už pavėluotą mokėjimą nėra PVM objektas.',
  rounding:
    'Palūkanos skaičiuojamos už kiekvieną dieną nuo neapmokėtos sumos, be palūkanų už palūkanas, ir kiekvienam įrašui apvalinamos vieną kartą.',
  kinds: {
    interest: 'Palūkanos už vėlavimą',
    fixed_sum: 'Fiksuota skolos išieškojimo išlaidų suma',
    reminder_fee: 'Priminimo mokestis',
    return_fee: 'Grąžinto mokėjimo mokestis',
    correction: 'Palūkanų patikslinimas',
    fee_correction: 'Fiksuotos sumos patikslinimas',
    waiver: 'Atsisakyta',
  },
  phases: { reminder: 'Priminimas', demand: 'Reikalavimas', final_notice: 'Paskutinis reikalavimas' },
  mail: 'Kai kurie Jūsų mokėjimai gauti pavėluotai arba yra pradelsti. Pridedame apskaičiavimą {{ document.number }}, {{ document.issued_on | date }}, suma {{ document.total | money }}, su paaiškinimu.',
  creditMail:
    'Pridedame kreditą {{ document.number }}, {{ document.issued_on | date }}, suma {{ document.total | money }}, už palūkanas ir mokesčius. Jums nieko mokėti nereikia.',
};

export const tr: ChargeWords = {
  title: 'Gecikme faizi ve ücretleri',
  creditTitle: 'Faiz ve ücret alacağı',
  through: 'Hesaplandığı son gün',
  explained: 'Aşağıdakiler geç ödendi veya vadesi geçti. Bunlar için tahakkuk ettiriyoruz:',
  sheet: 'Faizin hesaplanması',
  days: 'Gün',
  base: 'Açık tutar',
  rate: 'Yıllık oran',
  interest: 'Faiz',
  dayRange: '{from} – {to}',
  feeTotal: 'Ücretler',
  untaxed: 'Gecikme faizi ve geç ödeme tazminatı KDV kapsamı dışındadır.',
  rounding:
    'Faiz, açık tutar üzerinden gün gün, faize faiz işletilmeden hesaplanır ve her kalem için bir kez yuvarlanır.',
  kinds: {
    interest: 'Gecikme faizi',
    fixed_sum: 'Tahsil giderleri için sabit tutar',
    reminder_fee: 'Hatırlatma ücreti',
    return_fee: 'İade edilen ödeme ücreti',
    correction: 'Faiz düzeltmesi',
    fee_correction: 'Sabit tutar düzeltmesi',
    waiver: 'Vazgeçildi',
  },
  phases: { reminder: 'Hatırlatma', demand: 'İhtar', final_notice: 'Son ihtar' },
  mail: 'Bazı ödemeleriniz geç geldi veya vadesi geçti. {{ document.issued_on | date }} tarihli ve {{ document.total | money }} tutarındaki {{ document.number }} numaralı hesabımız, hesaplamasıyla birlikte ektedir.',
  creditMail:
    '{{ document.issued_on | date }} tarihli ve {{ document.total | money }} tutarındaki {{ document.number }} numaralı faiz ve ücret alacağınız ektedir. Ödemeniz gereken bir şey yok.',
};
