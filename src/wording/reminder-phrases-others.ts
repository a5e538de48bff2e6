// What reminders say in Hungarian, Greek, Latvian, Lithuanian and Turkish.

import type { Phases } from './reminder-phrases.ts';

export const hu: Phases = {
  upcoming: {
    subject: {
      one: 'A(z) {{ items[0].number }} számú számla esedékes: {{ items[0].due_on | date }}',
      many: 'Hamarosan esedékes számlák: {{ company.name }}',
    },
    opening: {
      one:
        'Tájékoztatjuk, hogy az alábbi számla hamarosan esedékes. Ha a fizetést már betervezték, nincs ' +
        'teendőjük.',
      many:
        'Tájékoztatjuk, hogy az alábbi számlák hamarosan esedékesek. Ha a fizetést már betervezték, ' +
        'nincs teendőjük.',
    },
  },
  due_today: {
    subject: {
      one: 'A(z) {{ items[0].number }} számú számla ma esedékes',
      many: 'Ma esedékes fizetés: {{ company.name }}',
    },
    opening: {
      one: 'Az alábbi számla ma esedékes. Ha a fizetés már úton van, köszönjük.',
      many: 'Ma esedékes az alábbi számlák kifizetése. Ha a fizetés már úton van, köszönjük.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Emlékeztető: {{ items[0].number }} számú számla',
      many: 'Emlékeztető: kifizetetlen számlák – {{ company.name }}',
    },
    opening: {
      one:
        'Nyilvántartásunk szerint az alábbi számla még kifizetetlen. Talán elkerülte a figyelmüket; ' +
        'köszönettel várjuk a fizetést.',
      many:
        'Nyilvántartásunk szerint az alábbi számlák még kifizetetlenek. Talán elkerülték a figyelmüket; ' +
        'köszönettel várjuk a fizetést.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Lejárt: {{ items[0].number }} számú számla',
      many: 'Lejárt számlák: {{ company.name }}',
    },
    opening: {
      one:
        'Az alábbi számla még kifizetetlen, pedig a fizetési határidő lejárt. Kérjük, fizessék ki a ' +
        'következő napokban, vagy jelezzék, mikorra várhatjuk a fizetést.',
      many:
        'Az alábbi számlák még kifizetetlenek, és a fizetési határidő lejárt. Kérjük, fizessék ki a ' +
        'lejárt összeget a következő napokban, vagy jelezzék, mikorra várhatjuk a fizetést.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Sürgős: a(z) {{ items[0].number }} számú számla régen lejárt',
      many: 'Sürgős: régen lejárt számlák – {{ company.name }}',
    },
    opening: {
      one:
        'Az alábbi számla jóval a határidő után is kifizetetlen. Kérjük, most már további késedelem ' +
        'nélkül fizessék ki. Ha nem tudják a teljes összeget egyszerre megfizetni, kérjük, azonnal ' +
        'vegyék fel velünk a kapcsolatot, hogy közösen találjunk megoldást.',
      many:
        'Az alábbi számlák kifizetetlenek, és a fizetési határidő régen lejárt. Kérjük, most már további ' +
        'késedelem nélkül fizessék ki a lejárt összeget. Ha nem tudják egyszerre megfizetni, kérjük, ' +
        'azonnal vegyék fel velünk a kapcsolatot, hogy közösen találjunk megoldást.',
    },
  },
};

export const el: Phases = {
  upcoming: {
    subject: {
      one: 'Το τιμολόγιο {{ items[0].number }} λήγει στις {{ items[0].due_on | date }}',
      many: '{{ items.size }} τιμολόγια λήγουν σύντομα – {{ company.name }}',
    },
    opening: {
      one:
        'Σας ενημερώνουμε ότι το ακόλουθο τιμολόγιο λήγει σύντομα. Αν η πληρωμή έχει ήδη ' +
        'προγραμματιστεί, δεν χρειάζεται να κάνετε τίποτα.',
      many:
        'Σας ενημερώνουμε ότι τα ακόλουθα τιμολόγια λήγουν σύντομα. Αν η πληρωμή έχει ήδη ' +
        'προγραμματιστεί, δεν χρειάζεται να κάνετε τίποτα.',
    },
  },
  due_today: {
    subject: {
      one: 'Το τιμολόγιο {{ items[0].number }} λήγει σήμερα',
      many: 'Σήμερα λήγει πληρωμή – {{ company.name }}',
    },
    opening: {
      one: 'Το ακόλουθο τιμολόγιο λήγει σήμερα. Αν η πληρωμή σας είναι καθ’ οδόν, σας ευχαριστούμε.',
      many:
        'Σήμερα λήγει πληρωμή για τα ακόλουθα τιμολόγια. Αν η πληρωμή σας είναι καθ’ οδόν, σας ' +
        'ευχαριστούμε.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Υπενθύμιση: τιμολόγιο {{ items[0].number }}',
      many: 'Υπενθύμιση: {{ items.size }} ανοικτά τιμολόγια – {{ company.name }}',
    },
    opening: {
      one:
        'Σύμφωνα με τα στοιχεία μας, το ακόλουθο τιμολόγιο παραμένει ανοικτό. Ίσως σας διέφυγε· θα ' +
        'εκτιμούσαμε την πληρωμή του.',
      many:
        'Σύμφωνα με τα στοιχεία μας, τα ακόλουθα τιμολόγια παραμένουν ανοικτά. Ίσως σας διέφυγαν· θα ' +
        'εκτιμούσαμε την πληρωμή τους.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Ληξιπρόθεσμο: τιμολόγιο {{ items[0].number }}',
      many: 'Ληξιπρόθεσμα τιμολόγια – {{ company.name }}',
    },
    opening: {
      one:
        'Το ακόλουθο τιμολόγιο παραμένει ανοικτό, αν και έχει λήξει. Παρακαλούμε πληρώστε το τις ' +
        'επόμενες ημέρες ή ενημερώστε μας πότε να αναμένουμε την πληρωμή.',
      many:
        'Τα ακόλουθα τιμολόγια παραμένουν ανοικτά και η πληρωμή είναι ληξιπρόθεσμη. Παρακαλούμε πληρώστε ' +
        'το ληξιπρόθεσμο ποσό τις επόμενες ημέρες ή ενημερώστε μας πότε να αναμένουμε την πληρωμή.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Επείγον: το τιμολόγιο {{ items[0].number }} έχει λήξει προ πολλού',
      many: 'Επείγον: τιμολόγια ληξιπρόθεσμα προ πολλού – {{ company.name }}',
    },
    opening: {
      one:
        'Το ακόλουθο τιμολόγιο παραμένει ανοικτό πολύ μετά τη λήξη του. Παρακαλούμε πληρώστε το χωρίς ' +
        'άλλη καθυστέρηση. Αν δεν μπορείτε να πληρώσετε όλο το ποσό μαζί, επικοινωνήστε τώρα μαζί μας, ' +
        'ώστε να βρούμε λύση από κοινού.',
      many:
        'Τα ακόλουθα τιμολόγια παραμένουν ανοικτά και η πληρωμή έχει λήξει προ πολλού. Παρακαλούμε ' +
        'πληρώστε το ληξιπρόθεσμο ποσό χωρίς άλλη καθυστέρηση. Αν δεν μπορείτε να πληρώσετε τα πάντα ' +
        'μαζί, επικοινωνήστε τώρα μαζί μας, ώστε να βρούμε λύση από κοινού.',
    },
  },
};

export const lv: Phases = {
  upcoming: {
    subject: {
      one: 'Rēķina {{ items[0].number }} apmaksas termiņš ir {{ items[0].due_on | date }}',
      many: 'Tuvojas rēķinu apmaksas termiņš – {{ company.name }}',
    },
    opening: {
      one:
        'Informējam, ka tuvojas šāda rēķina apmaksas termiņš. Ja maksājums jau ir ieplānots, Jums nekas ' +
        'nav jādara.',
      many:
        'Informējam, ka tuvojas šādu rēķinu apmaksas termiņš. Ja maksājums jau ir ieplānots, Jums nekas ' +
        'nav jādara.',
    },
  },
  due_today: {
    subject: {
      one: 'Šodien ir rēķina {{ items[0].number }} apmaksas termiņš',
      many: 'Šodien ir maksājuma termiņš – {{ company.name }}',
    },
    opening: {
      one: 'Šodien ir šāda rēķina apmaksas termiņš. Ja Jūsu maksājums jau ir ceļā, paldies.',
      many: 'Šodien ir maksājuma termiņš par šādiem rēķiniem. Ja Jūsu maksājums jau ir ceļā, paldies.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Atgādinājums: rēķins {{ items[0].number }}',
      many: 'Atgādinājums: neapmaksāti rēķini – {{ company.name }}',
    },
    opening: {
      one:
        'Pēc mūsu datiem šāds rēķins vēl nav apmaksāts. Iespējams, tas palicis nepamanīts; būsim ' +
        'pateicīgi par samaksu.',
      many:
        'Pēc mūsu datiem šādi rēķini vēl nav apmaksāti. Iespējams, tie palikuši nepamanīti; būsim ' +
        'pateicīgi par samaksu.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Kavēts: rēķins {{ items[0].number }}',
      many: 'Kavēti rēķini – {{ company.name }}',
    },
    opening: {
      one:
        'Šāds rēķins vēl nav apmaksāts, lai gan termiņš ir pagājis. Lūdzu, samaksājiet to tuvākajās ' +
        'dienās vai paziņojiet, kad varam gaidīt maksājumu.',
      many:
        'Šādi rēķini vēl nav apmaksāti, un maksājums ir kavēts. Lūdzu, samaksājiet kavēto summu ' +
        'tuvākajās dienās vai paziņojiet, kad varam gaidīt maksājumu.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Steidzami: rēķins {{ items[0].number }} sen kavēts',
      many: 'Steidzami: sen kavēti rēķini – {{ company.name }}',
    },
    opening: {
      one:
        'Šāds rēķins nav apmaksāts ilgi pēc termiņa. Lūdzu, samaksājiet to bez turpmākas kavēšanās. Ja ' +
        'nevarat samaksāt visu summu uzreiz, lūdzu, sazinieties ar mums jau tagad, lai kopā rastu ' +
        'risinājumu.',
      many:
        'Šādi rēķini nav apmaksāti, un maksājums ir sen kavēts. Lūdzu, samaksājiet kavēto summu bez ' +
        'turpmākas kavēšanās. Ja nevarat samaksāt visu uzreiz, lūdzu, sazinieties ar mums jau tagad, lai ' +
        'kopā rastu risinājumu.',
    },
  },
};

export const lt: Phases = {
  upcoming: {
    subject: {
      one: 'Sąskaitą faktūrą {{ items[0].number }} apmokėti iki {{ items[0].due_on | date }}',
      many: 'Artėja sąskaitų faktūrų apmokėjimo terminas – {{ company.name }}',
    },
    opening: {
      one:
        'Informuojame, kad artėja šios sąskaitos faktūros apmokėjimo terminas. Jei mokėjimas jau ' +
        'suplanuotas, nieko daryti nereikia.',
      many:
        'Informuojame, kad artėja šių sąskaitų faktūrų apmokėjimo terminas. Jei mokėjimas jau ' +
        'suplanuotas, nieko daryti nereikia.',
    },
  },
  due_today: {
    subject: {
      one: 'Šiandien sąskaitos faktūros {{ items[0].number }} apmokėjimo terminas',
      many: 'Šiandien mokėjimo terminas – {{ company.name }}',
    },
    opening: {
      one:
        'Šiandien yra šios sąskaitos faktūros apmokėjimo terminas. Jei Jūsų mokėjimas jau pakeliui, ' +
        'dėkojame.',
      many:
        'Šiandien yra mokėjimo už šias sąskaitas faktūras terminas. Jei Jūsų mokėjimas jau pakeliui, ' +
        'dėkojame.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Priminimas: sąskaita faktūra {{ items[0].number }}',
      many: 'Priminimas: neapmokėtos sąskaitos faktūros – {{ company.name }}',
    },
    opening: {
      one:
        'Mūsų duomenimis, ši sąskaita faktūra dar neapmokėta. Galbūt jos nepastebėjote; būsime dėkingi ' +
        'už mokėjimą.',
      many:
        'Mūsų duomenimis, šios sąskaitos faktūros dar neapmokėtos. Galbūt jų nepastebėjote; būsime ' +
        'dėkingi už mokėjimą.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Pradelsta: sąskaita faktūra {{ items[0].number }}',
      many: 'Pradelstos sąskaitos faktūros – {{ company.name }}',
    },
    opening: {
      one:
        'Ši sąskaita faktūra dar neapmokėta, nors terminas praėjo. Prašome ją apmokėti artimiausiomis ' +
        'dienomis arba pranešti, kada galime tikėtis mokėjimo.',
      many:
        'Šios sąskaitos faktūros dar neapmokėtos, o mokėjimas pradelstas. Prašome pradelstą sumą ' +
        'apmokėti artimiausiomis dienomis arba pranešti, kada galime tikėtis mokėjimo.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Skubu: sąskaita faktūra {{ items[0].number }} seniai pradelsta',
      many: 'Skubu: seniai pradelstos sąskaitos faktūros – {{ company.name }}',
    },
    opening: {
      one:
        'Ši sąskaita faktūra neapmokėta praėjus daug laiko po termino. Prašome ją apmokėti nebedelsiant. ' +
        'Jei negalite sumokėti visos sumos iš karto, susisiekite su mumis dabar, kad kartu rastume ' +
        'sprendimą.',
      many:
        'Šios sąskaitos faktūros neapmokėtos, o mokėjimas seniai pradelstas. Prašome pradelstą sumą ' +
        'apmokėti nebedelsiant. Jei negalite sumokėti visko iš karto, susisiekite su mumis dabar, kad ' +
        'kartu rastume sprendimą.',
    },
  },
};

export const tr: Phases = {
  upcoming: {
    subject: {
      one: '{{ items[0].number }} numaralı faturanın vadesi {{ items[0].due_on | date }}',
      many: '{{ company.name }}: {{ items.size }} faturanın vadesi yaklaşıyor',
    },
    opening: {
      one:
        'Bilginize: aşağıdaki faturanın vadesi yaklaşıyor. Ödemesi zaten planlandıysa bir şey yapmanıza ' +
        'gerek yok.',
      many:
        'Bilginize: aşağıdaki faturaların vadesi yaklaşıyor. Ödemeleri zaten planlandıysa bir şey ' +
        'yapmanıza gerek yok.',
    },
  },
  due_today: {
    subject: {
      one: '{{ items[0].number }} numaralı faturanın vadesi bugün',
      many: '{{ company.name }}: bugün vadesi gelen ödeme',
    },
    opening: {
      one: 'Aşağıdaki faturanın vadesi bugündür. Ödemeniz yoldaysa teşekkür ederiz.',
      many: 'Bugün aşağıdaki faturalara ilişkin bir ödemenin vadesidir. Ödemeniz yoldaysa teşekkür ederiz.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Hatırlatma: {{ items[0].number }} numaralı fatura',
      many: 'Hatırlatma: {{ items.size }} açık fatura – {{ company.name }}',
    },
    opening: {
      one:
        'Kayıtlarımıza göre aşağıdaki fatura hâlâ ödenmemiştir. Belki gözden kaçmıştır; ödemeniz için ' +
        'teşekkür ederiz.',
      many:
        'Kayıtlarımıza göre aşağıdaki faturalar hâlâ ödenmemiştir. Belki gözden kaçmıştır; ödemeniz için ' +
        'teşekkür ederiz.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Vadesi geçti: {{ items[0].number }} numaralı fatura',
      many: 'Vadesi geçen faturalar – {{ company.name }}',
    },
    opening: {
      one:
        'Aşağıdaki fatura, vadesi geçtiği hâlde hâlâ ödenmemiştir. Lütfen önümüzdeki günlerde ödeyin ' +
        'veya ödemenizi ne zaman bekleyebileceğimizi bildirin.',
      many:
        'Aşağıdaki faturalar hâlâ ödenmemiştir ve ödemenin vadesi geçmiştir. Lütfen vadesi geçen tutarı ' +
        'önümüzdeki günlerde ödeyin veya ödemenizi ne zaman bekleyebileceğimizi bildirin.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Acil: {{ items[0].number }} numaralı faturanın vadesi çoktan geçti',
      many: 'Acil: vadesi çoktan geçen faturalar – {{ company.name }}',
    },
    opening: {
      one:
        'Aşağıdaki fatura, vadesinin üzerinden uzun süre geçtiği hâlde ödenmemiştir. Lütfen daha fazla ' +
        'gecikmeden ödeyin. Tutarın tamamını bir defada ödeyemiyorsanız, birlikte çözüm bulabilmemiz ' +
        'için lütfen hemen bizimle iletişime geçin.',
      many:
        'Aşağıdaki faturalar ödenmemiştir ve ödemenin vadesi çoktan geçmiştir. Lütfen vadesi geçen ' +
        'tutarı daha fazla gecikmeden ödeyin. Hepsini bir defada ödeyemiyorsanız, birlikte çözüm ' +
        'bulabilmemiz için lütfen hemen bizimle iletişime geçin.',
    },
  },
};
