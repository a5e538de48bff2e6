// The words of messages in Hungarian, Greek, Latvian, Lithuanian and Turkish.

import type { MessagePhrases } from './message-phrases.ts';

export const hu: MessagePhrases = {
  greeting: 'Tisztelt Partnerünk!',
  itemLine:
    '{{ item.number }} számú számla, kelt: {{ item.issued_on | date }}, esedékes: ' +
    '{{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} késés',
  totalOpen: 'Összesen fizetendő',
  payTo: 'Kérjük, erre a számlára fizessenek',
  holder: 'Számlatulajdonos',
  attached: {
    one: 'A számlát mellékeljük.',
    many: 'A számlákat mellékeljük.',
  },
  leftOut: {
    before: 'Túl nagy ehhez az e-mailhez, ezért nem mellékeltük',
    ask: 'Kérjük, válaszoljanak, és más úton elküldjük.',
  },
  online: 'Folyószámla megtekintése és online fizetés',
  viewDocument: 'A dokumentum megtekintése és mentése online',
  alreadyPaid:
    'Már fizettek? Akkor kérjük, tekintsék tárgytalannak ezt az üzenetet; köszönjük. Ha a fizetés ' +
    'óta több nap eltelt, egy rövid válasz a dátummal és a közleménnyel segít megtalálnunk.',
  notRight: 'Valami nem stimmel egy számlán? Válaszoljanak erre az üzenetre, és utánanézünk.',
  penalties:
    'Felhívjuk figyelmüket, hogy késedelmes fizetés esetén kamat és behajtási költség számítható ' +
    'fel, amennyiben azt a törvény vagy a megállapodásunk előírja.',
  regards: 'Üdvözlettel',
  invoiceMail: {
    subject: '{{ document.number }} számú számlájuk',
    opening:
      'Köszönjük a megrendelést. Mellékelten küldjük {{ document.number }} számú, ' +
      '{{ document.issued_on | date }} keltezésű számlánkat {{ document.total | money }} összegről.',
    dueLine: 'Fizetési határidő: {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: '{{ document.number }} számú jóváíró számlájuk',
    opening:
      'Mellékelten küldjük {{ document.number }} számú, {{ document.issued_on | date }} keltezésű ' +
      'jóváíró számlánkat {{ document.total | money }} összegről. Az összeget jóváírjuk Önöknek; nem ' +
      'kell fizetniük.',
  },
  statementMail: {
    subject: 'Folyószámla-kivonat: {{ statement.as_of | date }}',
    opening: 'Mellékelten küldjük folyószámlájuk kivonatát ({{ statement.as_of | date }}).',
  },
  notice: {
    due: 'esedékes:',
    ask: 'Kérdések:',
  },
};

export const el: MessagePhrases = {
  greeting: 'Χαίρετε,',
  itemLine: 'Τιμολόγιο {{ item.number }} της {{ item.issued_on | date }}, λήξη {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} καθυστέρηση',
  totalOpen: 'Σύνολο ανοικτό',
  payTo: 'Παρακαλούμε πληρώστε σε αυτόν τον λογαριασμό',
  holder: 'Δικαιούχος',
  attached: {
    one: 'Το τιμολόγιο επισυνάπτεται.',
    many: 'Τα τιμολόγια επισυνάπτονται.',
  },
  leftOut: {
    before: 'Πολύ μεγάλο για αυτό το μήνυμα και γι’ αυτό δεν επισυνάπτεται',
    ask: 'Απαντήστε μας και θα το στείλουμε με άλλον τρόπο.',
  },
  online: 'Δείτε τον λογαριασμό σας και πληρώστε ηλεκτρονικά',
  viewDocument: 'Δείτε και αποθηκεύστε το παραστατικό ηλεκτρονικά',
  alreadyPaid:
    'Έχετε ήδη πληρώσει; Τότε παρακαλούμε αγνοήστε αυτό το μήνυμα· ευχαριστούμε. Αν έχουν περάσει ' +
    'αρκετές ημέρες από την πληρωμή, μια σύντομη απάντηση με την ημερομηνία και την αιτιολογία θα ' +
    'μας βοηθήσει να τη βρούμε.',
  notRight: 'Κάτι δεν είναι σωστό σε ένα τιμολόγιο; Απαντήστε σε αυτό το μήνυμα και θα το εξετάσουμε.',
  penalties:
    'Σημειώστε ότι για καθυστερημένες πληρωμές μπορεί να χρεωθούν τόκοι και έξοδα είσπραξης, στον ' +
    'βαθμό που το προβλέπει ο νόμος ή η συμφωνία μας.',
  regards: 'Με εκτίμηση',
  invoiceMail: {
    subject: 'Το τιμολόγιό σας {{ document.number }}',
    opening:
      'Σας ευχαριστούμε για την εμπιστοσύνη. Επισυνάπτεται το τιμολόγιό μας {{ document.number }} της ' +
      '{{ document.issued_on | date }} ποσού {{ document.total | money }}.',
    dueLine: 'Λήγει στις {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'Το πιστωτικό σας τιμολόγιο {{ document.number }}',
    opening:
      'Επισυνάπτεται το πιστωτικό μας τιμολόγιο {{ document.number }} της ' +
      '{{ document.issued_on | date }} ποσού {{ document.total | money }}. Το ποσό πιστώνεται στον ' +
      'λογαριασμό σας· δεν χρειάζεται να πληρώσετε τίποτα.',
  },
  statementMail: {
    subject: 'Κατάσταση του λογαριασμού σας στις {{ statement.as_of | date }}',
    opening: 'Επισυνάπτεται η κατάσταση του λογαριασμού σας στις {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'λήξη',
    ask: 'Ερωτήσεις:',
  },
};

export const lv: MessagePhrases = {
  greeting: 'Labdien!',
  itemLine:
    'Rēķins {{ item.number }}, datums {{ item.issued_on | date }}, apmaksas termiņš ' +
    '{{ item.due_on | date }}',
  lateBy: 'kavējums: {{ item.days_late | days }}',
  totalOpen: 'Kopā neapmaksāts',
  payTo: 'Lūdzu, maksājiet uz šo kontu',
  holder: 'Konta īpašnieks',
  attached: {
    one: 'Rēķins ir pielikumā.',
    many: 'Rēķini ir pielikumā.',
  },
  leftOut: {
    before: 'Pārāk liels šim e-pastam, tāpēc nav pievienots',
    ask: 'Atbildiet mums, un mēs nosūtīsim citādi.',
  },
  online: 'Skatīt savu kontu un maksāt tiešsaistē',
  viewDocument: 'Skatīt un saglabāt dokumentu tiešsaistē',
  alreadyPaid:
    'Vai jau esat samaksājuši? Tad, lūdzu, neņemiet vērā šo ziņu; paldies. Ja maksājums veikts pirms ' +
    'vairākām dienām, īsa atbilde ar datumu un atsauci palīdzēs mums to atrast.',
  notRight: 'Vai rēķinā kaut kas nav pareizi? Atbildiet uz šo ziņu, un mēs to pārbaudīsim.',
  penalties:
    'Vēršam uzmanību, ka par kavētiem maksājumiem var tikt aprēķināti procenti un piedziņas ' +
    'izdevumi, ciktāl to paredz likums vai mūsu vienošanās.',
  regards: 'Ar cieņu',
  invoiceMail: {
    subject: 'Jūsu rēķins {{ document.number }}',
    opening:
      'Paldies par uzticēšanos. Pielikumā ir mūsu rēķins {{ document.number }}, datums ' +
      '{{ document.issued_on | date }}, par summu {{ document.total | money }}.',
    dueLine: 'Apmaksas termiņš ir {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'Jūsu kredītrēķins {{ document.number }}',
    opening:
      'Pielikumā ir mūsu kredītrēķins {{ document.number }}, datums {{ document.issued_on | date }}, ' +
      'par summu {{ document.total | money }}. Summa ir Jums par labu; nekas nav jāmaksā.',
  },
  statementMail: {
    subject: 'Jūsu konta izraksts uz {{ statement.as_of | date }}',
    opening: 'Pielikumā ir Jūsu konta izraksts uz {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'termiņš',
    ask: 'Jautājumi:',
  },
};

export const lt: MessagePhrases = {
  greeting: 'Laba diena,',
  itemLine:
    'Sąskaita faktūra {{ item.number }}, data {{ item.issued_on | date }}, apmokėti iki ' +
    '{{ item.due_on | date }}',
  lateBy: 'vėlavimas: {{ item.days_late | days }}',
  totalOpen: 'Iš viso neapmokėta',
  payTo: 'Prašome mokėti į šią sąskaitą',
  holder: 'Sąskaitos turėtojas',
  attached: {
    one: 'Sąskaita faktūra pridedama.',
    many: 'Sąskaitos faktūros pridedamos.',
  },
  leftOut: {
    before: 'Per didelė šiam laiškui, todėl nepridėta',
    ask: 'Atsakykite mums ir atsiųsime kitu būdu.',
  },
  online: 'Peržiūrėti savo sąskaitą ir mokėti internetu',
  viewDocument: 'Peržiūrėti ir išsaugoti dokumentą internetu',
  alreadyPaid:
    'Jau sumokėjote? Tuomet prašome šio laiško nepaisyti; dėkojame. Jei mokėjote prieš daugiau nei ' +
    'kelias dienas, trumpas atsakymas su data ir mokėjimo paskirtimi padės mums jį rasti.',
  notRight: 'Sąskaitoje faktūroje kažkas negerai? Atsakykite į šį laišką ir mes patikrinsime.',
  penalties:
    'Atkreipiame dėmesį, kad už pavėluotus mokėjimus gali būti skaičiuojamos palūkanos ir ' +
    'išieškojimo išlaidos, kiek tai numato įstatymas arba mūsų susitarimas.',
  regards: 'Pagarbiai',
  invoiceMail: {
    subject: 'Jūsų sąskaita faktūra {{ document.number }}',
    opening:
      'Dėkojame už pasitikėjimą. Pridedame mūsų sąskaitą faktūrą {{ document.number }}, data ' +
      '{{ document.issued_on | date }}, suma {{ document.total | money }}.',
    dueLine: 'Apmokėti iki {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'Jūsų kreditinė sąskaita {{ document.number }}',
    opening:
      'Pridedame mūsų kreditinę sąskaitą {{ document.number }}, data {{ document.issued_on | date }}, ' +
      'suma {{ document.total | money }}. Suma įskaitoma Jūsų naudai; nieko mokėti nereikia.',
  },
  statementMail: {
    subject: 'Jūsų sąskaitos išrašas, {{ statement.as_of | date }}',
    opening: 'Pridedame Jūsų sąskaitos išrašą, {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'apmokėti iki',
    ask: 'Klausimai:',
  },
};

export const tr: MessagePhrases = {
  greeting: 'Merhaba{% if contact.name %} {{ contact.name }}{% endif %},',
  itemLine:
    '{{ item.number }} numaralı fatura, tarih {{ item.issued_on | date }}, vade ' +
    '{{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} gecikme',
  totalOpen: 'Toplam açık tutar',
  payTo: 'Lütfen bu hesaba ödeyin',
  holder: 'Hesap sahibi',
  attached: {
    one: 'Fatura ektedir.',
    many: 'Faturalar ektedir.',
  },
  leftOut: {
    before: 'Bu e-posta için fazla büyük olduğundan eklenmedi',
    ask: 'Bize yanıt verin, başka bir yolla gönderelim.',
  },
  online: 'Hesabınızı görün ve çevrim içi ödeyin',
  viewDocument: 'Belgeyi çevrim içi görün ve kaydedin',
  alreadyPaid:
    'Ödemenizi yaptınız mı? O hâlde bu iletiyi dikkate almayın; teşekkür ederiz. Ödemenizin ' +
    'üzerinden birkaç günden fazla geçtiyse, tarih ve açıklamayı içeren kısa bir yanıt ödemenizi ' +
    'bulmamıza yardımcı olur.',
  notRight: 'Bir faturada yanlışlık mı var? Bu iletiyi yanıtlayın, inceleyelim.',
  penalties:
    'Geciken ödemelerde, yasanın veya sözleşmemizin öngördüğü ölçüde faiz ve tahsilat masrafları ' +
    'talep edilebileceğini bilginize sunarız.',
  regards: 'Saygılarımızla',
  invoiceMail: {
    subject: '{{ document.number }} numaralı faturanız',
    opening:
      'İş birliğiniz için teşekkür ederiz. {{ document.issued_on | date }} tarihli ve ' +
      '{{ document.total | money }} tutarındaki {{ document.number }} numaralı faturamız ektedir.',
    dueLine: 'Vadesi: {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: '{{ document.number }} numaralı iade faturanız',
    opening:
      '{{ document.issued_on | date }} tarihli ve {{ document.total | money }} tutarındaki ' +
      '{{ document.number }} numaralı iade faturamız ektedir. Tutar hesabınıza alacak kaydedilmiştir; ' +
      'ödemeniz gereken bir şey yoktur.',
  },
  statementMail: {
    subject: '{{ statement.as_of | date }} tarihli hesap ekstreniz',
    opening: '{{ statement.as_of | date }} tarihli hesap ekstreniz ektedir.',
  },
  notice: {
    due: 'vade',
    ask: 'Sorular:',
  },
};
