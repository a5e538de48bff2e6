// What stands behind the links of mails, in Hungarian, Greek, Latvian, Lithuanian and Turkish.

import type { LinkWords } from './link-words.ts';

export const hu: LinkWords = {
  from: 'Feladó:',
  save: 'Mentés',
  until: 'Itt elérhető eddig: {day}.',
  noted: 'A feladó egyszer értesül arról, hogy egy dokumentumot megnyitottak, és mikor.',
  gone: 'Ez a hivatkozás nem működik',
  goneWhy:
    'Lejárt, megszüntették, vagy nem teljes. Kérjük, válaszoljon arra az e-mailre, amelyben szerepelt.',
  title: {
    reminder: 'Ne küldjünk több fizetési emlékeztetőt?',
    statement: 'Ne küldjünk több folyószámla-kivonatot?',
  },
  happens:
    'A gomb megnyomása után {company} nem küld többé ilyet erre a címre. A számlák továbbra is érkeznek, a tartozás fennmarad, a többi címzettnek a szokott módon írnak. {company} értesül a leállításról.',
  button: 'Leállítás: {address}',
  since: 'Erre a címre ({address}) {day} óta semmi ilyet nem küldenek.',
  other: 'Más a megfelelő címzett?',
  otherWhy: 'Adja meg a címet. Magától semmi nem változik: előbb egy munkatárs nézi meg ({company}).',
  field: 'Helyes cím',
  instead: 'E helyett',
  tell: 'A feladó értesítése',
  notices: {
    stopped: 'Kész. A küldés leállt.',
    noted: 'Köszönjük. Egy munkatárs megnézi.',
    noted_before: 'Ezen a hivatkozáson elég címet adtak meg. Egy munkatárs megnézi őket.',
    address_not_valid: 'Ez nem e-mail-cím. Példa: anna@example.com.',
  },
  line: {
    reminder: 'Ne jöjjön több emlékeztető erre a címre, vagy másik cím megadása',
    statement: 'Ne jöjjön több kivonat erre a címre, vagy másik cím megadása',
  },
};

export const el: LinkWords = {
  from: 'Από',
  save: 'Αποθήκευση',
  until: 'Διαθέσιμο εδώ έως {day}.',
  noted: 'Ο αποστολέας μαθαίνει μία φορά ότι ανοίχτηκε ένα έγγραφο, και πότε.',
  gone: 'Αυτός ο σύνδεσμος δεν λειτουργεί',
  goneWhy: 'Έληξε, καταργήθηκε ή δεν είναι πλήρης. Απαντήστε στο μήνυμα στο οποίο υπήρχε.',
  title: {
    reminder: 'Διακοπή υπενθυμίσεων πληρωμής;',
    statement: 'Διακοπή καταστάσεων λογαριασμού;',
  },
  happens:
    'Πατήστε το κουμπί και δεν θα σταλεί πια τίποτα τέτοιο από {company} σε αυτή τη διεύθυνση. Τα τιμολόγια συνεχίζουν να έρχονται, η οφειλή παραμένει και στους άλλους παραλήπτες γράφουμε όπως πριν. Θα ενημερωθεί η {company}.',
  button: 'Διακοπή για {address}',
  since: 'Δεν στέλνεται τίποτα τέτοιο στη διεύθυνση {address} από {day}.',
  other: 'Είναι άλλος ο σωστός παραλήπτης;',
  otherWhy: 'Αφήστε τη διεύθυνση. Τίποτα δεν αλλάζει μόνο του: πρώτα την εξετάζει άνθρωπος ({company}).',
  field: 'Σωστή διεύθυνση',
  instead: 'Αντί για',
  tell: 'Ενημέρωση αποστολέα',
  notices: {
    stopped: 'Έγινε. Η αποστολή διακόπηκε.',
    noted: 'Ευχαριστούμε. Θα το εξετάσει άνθρωπος.',
    noted_before: 'Από αυτόν τον σύνδεσμο δόθηκαν αρκετές διευθύνσεις. Θα τις εξετάσει άνθρωπος.',
    address_not_valid: 'Αυτή δεν είναι διεύθυνση e-mail. Παράδειγμα: anna@example.com.',
  },
  line: {
    reminder: 'Όχι άλλες υπενθυμίσεις σε αυτή τη διεύθυνση, ή δώστε άλλη',
    statement: 'Όχι άλλες καταστάσεις σε αυτή τη διεύθυνση, ή δώστε άλλη',
  },
};

export const lv: LinkWords = {
  from: 'No',
  save: 'Saglabāt',
  until: 'Šeit pieejams līdz {day}.',
  noted: 'Sūtītājs vienreiz uzzina, ka dokuments ir atvērts un kad.',
  gone: 'Šī saite nedarbojas',
  goneWhy:
    'Tās termiņš ir beidzies, tā ir atcelta vai nav pilnīga. Lūdzu, atbildiet uz vēstuli, kurā tā bija.',
  title: { reminder: 'Vai pārtraukt maksājumu atgādinājumus?', statement: 'Vai pārtraukt konta izrakstus?' },
  happens:
    'Nospiediet pogu, un {company} uz šo adresi vairs nesūtīs neko tādu. Rēķini joprojām pienāks, parāds paliek spēkā, un citiem saņēmējiem raksta kā līdz šim. {company} to uzzinās.',
  button: 'Pārtraukt: {address}',
  since: 'Uz {address} nekas tāds netiek sūtīts kopš {day}.',
  other: 'Vai īstais saņēmējs ir kāds cits?',
  otherWhy: 'Atstājiet adresi. Nekas nemainās pats: vispirms to apskata cilvēks ({company}).',
  field: 'Pareizā adrese',
  instead: 'Šīs vietā',
  tell: 'Paziņot sūtītājam',
  notices: {
    stopped: 'Gatavs. Sūtīšana ir pārtraukta.',
    noted: 'Paldies. Cilvēks to apskatīs.',
    noted_before: 'Ar šo saiti ir atstāts pietiekami daudz adrešu. Cilvēks tās apskatīs.',
    address_not_valid: 'Tā nav e-pasta adrese. Piemērs: anna@example.com.',
  },
  line: {
    reminder: 'Vairs nesūtīt atgādinājumus uz šo adresi vai norādīt citu',
    statement: 'Vairs nesūtīt izrakstus uz šo adresi vai norādīt citu',
  },
};

export const lt: LinkWords = {
  from: 'Nuo',
  save: 'Išsaugoti',
  until: 'Čia prieinama iki {day}.',
  noted: 'Siuntėjas vieną kartą sužino, kad dokumentas buvo atidarytas ir kada.',
  gone: 'Ši nuoroda neveikia',
  goneWhy: 'Ji nebegalioja, buvo panaikinta arba yra nepilna. Prašome atsakyti į laišką, kuriame ji buvo.',
  title: {
    reminder: 'Nebesiųsti mokėjimo priminimų?',
    statement: 'Nebesiųsti sąskaitos išrašų?',
  },
  happens:
    'Paspauskite mygtuką, ir {company} šiuo adresu nieko panašaus nebesiųs. Sąskaitos ir toliau ateis, skola lieka, o kitiems gavėjams rašoma kaip anksčiau. {company} apie tai sužinos.',
  button: 'Nebesiųsti: {address}',
  since: 'Adresu {address} nieko panašaus nesiunčiama nuo {day}.',
  other: 'Ar tinkamas gavėjas yra kas nors kitas?',
  otherWhy: 'Palikite adresą. Savaime niekas nesikeičia: pirmiausia jį peržiūri žmogus ({company}).',
  field: 'Tinkamas adresas',
  instead: 'Vietoj',
  tell: 'Pranešti siuntėjui',
  notices: {
    stopped: 'Atlikta. Siuntimas sustabdytas.',
    noted: 'Ačiū. Žmogus tai peržiūrės.',
    noted_before: 'Šia nuoroda palikta pakankamai adresų. Žmogus juos peržiūrės.',
    address_not_valid: 'Tai nėra el. pašto adresas. Pavyzdys: anna@example.com.',
  },
  line: {
    reminder: 'Nebesiųsti priminimų šiuo adresu arba nurodyti kitą',
    statement: 'Nebesiųsti išrašų šiuo adresu arba nurodyti kitą',
  },
};

export const tr: LinkWords = {
  from: 'Gönderen:',
  save: 'Kaydet',
  until: 'Burada şu tarihe kadar: {day}.',
  noted: 'Gönderene bir belgenin açıldığı ve ne zaman açıldığı bir kez bildirilir.',
  gone: 'Bu bağlantı çalışmıyor',
  goneWhy: 'Süresi doldu, sona erdirildi veya eksik. Lütfen içinde bulunduğu e-postayı yanıtlayın.',
  title: {
    reminder: 'Ödeme hatırlatmaları durdurulsun mu?',
    statement: 'Hesap ekstreleri durdurulsun mu?',
  },
  happens:
    'Düğmeye bastığınızda {company} bu adrese artık bu türden bir şey göndermez. Faturalar gelmeye devam eder, borç olduğu gibi kalır ve diğer alıcılara eskisi gibi yazılır. {company} bundan haberdar olur.',
  button: '{address} için durdur',
  since: '{address} adresine {day} tarihinden beri bu türden bir şey gönderilmiyor.',
  other: 'Doğru alıcı başka biri mi?',
  otherWhy: 'Adresi bırakın. Hiçbir şey kendiliğinden değişmez: önce {company} bünyesinden biri bakar.',
  field: 'Doğru adres',
  instead: 'Şunun yerine',
  tell: 'Gönderene bildir',
  notices: {
    stopped: 'Tamam. Gönderim durduruldu.',
    noted: 'Teşekkürler. Bir kişi inceleyecek.',
    noted_before: 'Bu bağlantıyla yeterince adres bırakıldı. Bir kişi inceleyecek.',
    address_not_valid: 'Bu bir e-posta adresi değil. Örnek: anna@example.com.',
  },
  line: {
    reminder: 'Bu adrese artık hatırlatma göndermeyin veya başka bir adres bildirin',
    statement: 'Bu adrese artık ekstre göndermeyin veya başka bir adres bildirin',
  },
};
