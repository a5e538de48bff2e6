// What reminders say in Polish, Slovak, Slovene, Croatian, Bulgarian and Ukrainian.

import type { Phases } from './reminder-phrases.ts';

export const pl: Phases = {
  upcoming: {
    subject: {
      one: 'Termin płatności faktury {{ items[0].number }} to {{ items[0].due_on | date }}',
      many: 'Zbliża się termin płatności faktur od {{ company.name }}',
    },
    opening: {
      one:
        'informujemy, że zbliża się termin płatności poniższej faktury. Jeśli płatność jest już ' +
        'zaplanowana, nie trzeba nic robić.',
      many:
        'informujemy, że zbliża się termin płatności poniższych faktur. Jeśli płatność jest już ' +
        'zaplanowana, nie trzeba nic robić.',
    },
  },
  due_today: {
    subject: {
      one: 'Dziś mija termin płatności faktury {{ items[0].number }}',
      many: 'Dziś mija termin płatności na rzecz {{ company.name }}',
    },
    opening: {
      one: 'dziś mija termin płatności poniższej faktury. Jeśli płatność jest już w drodze, dziękujemy.',
      many: 'dziś mija termin płatności za poniższe faktury. Jeśli płatność jest już w drodze, dziękujemy.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Przypomnienie: faktura {{ items[0].number }}',
      many: 'Przypomnienie: nieopłacone faktury od {{ company.name }}',
    },
    opening: {
      one:
        'według naszych zapisów poniższa faktura jest nadal nieopłacona. Być może została przeoczona; ' +
        'będziemy wdzięczni za zapłatę.',
      many:
        'według naszych zapisów poniższe faktury są nadal nieopłacone. Być może zostały przeoczone; ' +
        'będziemy wdzięczni za zapłatę.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Po terminie: faktura {{ items[0].number }}',
      many: 'Po terminie: faktury od {{ company.name }}',
    },
    opening: {
      one:
        'poniższa faktura jest nadal nieopłacona, choć termin płatności minął. Prosimy o zapłatę w ' +
        'najbliższych dniach lub o informację, kiedy możemy jej oczekiwać.',
      many:
        'poniższe faktury są nadal nieopłacone, a termin płatności minął. Prosimy o zapłatę zaległej ' +
        'kwoty w najbliższych dniach lub o informację, kiedy możemy jej oczekiwać.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Pilne: faktura {{ items[0].number }} jest dawno po terminie',
      many: 'Pilne: faktury od {{ company.name }} są dawno po terminie',
    },
    opening: {
      one:
        'poniższa faktura jest nieopłacona długo po terminie płatności. Prosimy o zapłatę bez dalszej ' +
        'zwłoki. Jeśli nie mogą Państwo zapłacić całej kwoty od razu, prosimy o kontakt już teraz, ' +
        'abyśmy wspólnie znaleźli rozwiązanie.',
      many:
        'poniższe faktury są nieopłacone, a termin płatności minął dawno. Prosimy o zapłatę zaległej ' +
        'kwoty bez dalszej zwłoki. Jeśli nie mogą Państwo zapłacić wszystkiego od razu, prosimy o ' +
        'kontakt już teraz, abyśmy wspólnie znaleźli rozwiązanie.',
    },
  },
};

export const sk: Phases = {
  upcoming: {
    subject: {
      one: 'Faktúra {{ items[0].number }} je splatná {{ items[0].due_on | date }}',
      many: 'Blíži sa splatnosť faktúr od {{ company.name }}',
    },
    opening: {
      one:
        'dovoľujeme si Vás informovať, že nasledujúca faktúra bude čoskoro splatná. Ak už s platbou ' +
        'počítate, nemusíte nič robiť.',
      many:
        'dovoľujeme si Vás informovať, že nasledujúce faktúry budú čoskoro splatné. Ak už s platbou ' +
        'počítate, nemusíte nič robiť.',
    },
  },
  due_today: {
    subject: {
      one: 'Faktúra {{ items[0].number }} je dnes splatná',
      many: 'Dnes je splatná platba pre {{ company.name }}',
    },
    opening: {
      one: 'nasledujúca faktúra je dnes splatná. Ak je Vaša platba už na ceste, ďakujeme.',
      many:
        'dnes je splatná platba, ktorá sa týka nasledujúcich faktúr. Ak je Vaša platba už na ceste, ' +
        'ďakujeme.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Pripomienka: faktúra {{ items[0].number }}',
      many: 'Pripomienka: neuhradené faktúry od {{ company.name }}',
    },
    opening: {
      one:
        'podľa našej evidencie nie je nasledujúca faktúra dosiaľ uhradená. Možno ste ju len prehliadli; ' +
        'budeme Vám vďační za úhradu.',
      many:
        'podľa našej evidencie nie sú nasledujúce faktúry dosiaľ uhradené. Možno ste ich len prehliadli; ' +
        'budeme Vám vďační za úhradu.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Po splatnosti: faktúra {{ items[0].number }}',
      many: 'Po splatnosti: faktúry od {{ company.name }}',
    },
    opening: {
      one:
        'nasledujúca faktúra nie je dosiaľ uhradená, hoci je už po splatnosti. Uhraďte ju, prosím, v ' +
        'najbližších dňoch alebo nám oznámte, kedy môžeme platbu očakávať.',
      many:
        'nasledujúce faktúry nie sú dosiaľ uhradené a platba je po splatnosti. Uhraďte, prosím, splatnú ' +
        'sumu v najbližších dňoch alebo nám oznámte, kedy môžeme platbu očakávať.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Naliehavé: faktúra {{ items[0].number }} je dlho po splatnosti',
      many: 'Naliehavé: faktúry od {{ company.name }} sú dlho po splatnosti',
    },
    opening: {
      one:
        'nasledujúca faktúra nie je uhradená ani dlho po splatnosti. Uhraďte ju, prosím, bez ďalšieho ' +
        'odkladu. Ak nemôžete zaplatiť celú sumu naraz, obráťte sa na nás, prosím, hneď, aby sme ' +
        'spoločne našli riešenie.',
      many:
        'nasledujúce faktúry nie sú uhradené a platba je dlho po splatnosti. Uhraďte, prosím, splatnú ' +
        'sumu bez ďalšieho odkladu. Ak nemôžete zaplatiť všetko naraz, obráťte sa na nás, prosím, hneď, ' +
        'aby sme spoločne našli riešenie.',
    },
  },
};

export const sl: Phases = {
  upcoming: {
    subject: {
      one: 'Račun {{ items[0].number }} zapade {{ items[0].due_on | date }}',
      many: 'Računi izdajatelja {{ company.name }} kmalu zapadejo',
    },
    opening: {
      one:
        'obveščamo vas, da naslednji račun kmalu zapade. Če je plačilo že predvideno, vam ni treba ' +
        'storiti ničesar.',
      many:
        'obveščamo vas, da naslednji računi kmalu zapadejo. Če je plačilo že predvideno, vam ni treba ' +
        'storiti ničesar.',
    },
  },
  due_today: {
    subject: {
      one: 'Račun {{ items[0].number }} zapade danes',
      many: 'Danes zapade plačilo za {{ company.name }}',
    },
    opening: {
      one: 'naslednji račun zapade danes. Če je vaše plačilo že na poti, hvala.',
      many: 'danes zapade plačilo za naslednje račune. Če je vaše plačilo že na poti, hvala.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Opomnik: račun {{ items[0].number }}',
      many: 'Opomnik: odprti računi izdajatelja {{ company.name }}',
    },
    opening: {
      one:
        'po naši evidenci je naslednji račun še odprt. Morda ste ga spregledali; hvaležni vam bomo za ' +
        'plačilo.',
      many:
        'po naši evidenci so naslednji računi še odprti. Morda ste jih spregledali; hvaležni vam bomo za ' +
        'plačilo.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Zapadlo: račun {{ items[0].number }}',
      many: 'Zapadlo: računi izdajatelja {{ company.name }}',
    },
    opening: {
      one:
        'naslednji račun je še odprt, čeprav je rok plačila potekel. Prosimo, plačajte ga v naslednjih ' +
        'dneh ali nam sporočite, kdaj lahko pričakujemo plačilo.',
      many:
        'naslednji računi so še odprti in plačilo je zapadlo. Prosimo, plačajte zapadli znesek v ' +
        'naslednjih dneh ali nam sporočite, kdaj lahko pričakujemo plačilo.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Nujno: račun {{ items[0].number }} je že dolgo zapadel',
      many: 'Nujno: računi izdajatelja {{ company.name }} so že dolgo zapadli',
    },
    opening: {
      one:
        'naslednji račun je odprt še dolgo po zapadlosti. Prosimo, plačajte ga brez nadaljnjega ' +
        'odlašanja. Če celotnega zneska ne morete plačati naenkrat, se takoj obrnite na nas, da skupaj ' +
        'najdemo rešitev.',
      many:
        'naslednji računi so odprti in plačilo je že dolgo zapadlo. Prosimo, plačajte zapadli znesek ' +
        'brez nadaljnjega odlašanja. Če vsega ne morete plačati naenkrat, se takoj obrnite na nas, da ' +
        'skupaj najdemo rešitev.',
    },
  },
};

export const hr: Phases = {
  upcoming: {
    subject: {
      one: 'Račun {{ items[0].number }} dospijeva {{ items[0].due_on | date }}',
      many: 'Uskoro dospijevaju računi izdavatelja {{ company.name }}',
    },
    opening: {
      one:
        'obavještavamo vas da sljedeći račun uskoro dospijeva. Ako je plaćanje već predviđeno, ne ' +
        'trebate ništa učiniti.',
      many:
        'obavještavamo vas da sljedeći računi uskoro dospijevaju. Ako je plaćanje već predviđeno, ne ' +
        'trebate ništa učiniti.',
    },
  },
  due_today: {
    subject: {
      one: 'Račun {{ items[0].number }} dospijeva danas',
      many: 'Danas dospijeva plaćanje za {{ company.name }}',
    },
    opening: {
      one: 'sljedeći račun dospijeva danas. Ako je vaša uplata već na putu, hvala.',
      many: 'danas dospijeva plaćanje za sljedeće račune. Ako je vaša uplata već na putu, hvala.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Podsjetnik: račun {{ items[0].number }}',
      many: 'Podsjetnik: neplaćeni računi izdavatelja {{ company.name }}',
    },
    opening: {
      one:
        'prema našoj evidenciji sljedeći račun još nije plaćen. Možda vam je promaknuo; bit ćemo ' +
        'zahvalni na uplati.',
      many:
        'prema našoj evidenciji sljedeći računi još nisu plaćeni. Možda su vam promaknuli; bit ćemo ' +
        'zahvalni na uplati.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Dospjelo: račun {{ items[0].number }}',
      many: 'Dospjelo: računi izdavatelja {{ company.name }}',
    },
    opening: {
      one:
        'sljedeći račun još nije plaćen iako je rok plaćanja prošao. Molimo platite ga sljedećih dana ' +
        'ili nam javite kada možemo očekivati uplatu.',
      many:
        'sljedeći računi još nisu plaćeni i plaćanje je dospjelo. Molimo platite dospjeli iznos ' +
        'sljedećih dana ili nam javite kada možemo očekivati uplatu.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Hitno: račun {{ items[0].number }} odavno je dospio',
      many: 'Hitno: računi izdavatelja {{ company.name }} odavno su dospjeli',
    },
    opening: {
      one:
        'sljedeći račun nije plaćen ni dugo nakon dospijeća. Molimo platite ga bez daljnjeg odgađanja. ' +
        'Ako ne možete platiti cijeli iznos odjednom, odmah nam se javite da zajedno pronađemo rješenje.',
      many:
        'sljedeći računi nisu plaćeni i plaćanje je odavno dospjelo. Molimo platite dospjeli iznos bez ' +
        'daljnjeg odgađanja. Ako ne možete platiti sve odjednom, odmah nam se javite da zajedno ' +
        'pronađemo rješenje.',
    },
  },
};

export const bg: Phases = {
  upcoming: {
    subject: {
      one: 'Падежът на фактура {{ items[0].number }} е на {{ items[0].due_on | date }}',
      many: 'Наближава падежът на фактури от {{ company.name }}',
    },
    opening: {
      one:
        'Уведомяваме Ви, че наближава падежът на следната фактура. Ако плащането вече е предвидено, не е ' +
        'нужно да правите нищо.',
      many:
        'Уведомяваме Ви, че наближава падежът на следните фактури. Ако плащането вече е предвидено, не е ' +
        'нужно да правите нищо.',
    },
  },
  due_today: {
    subject: {
      one: 'Днес е падежът на фактура {{ items[0].number }}',
      many: 'Днес е падежът на плащане към {{ company.name }}',
    },
    opening: {
      one: 'Днес е падежът на следната фактура. Ако плащането Ви вече е на път, благодарим.',
      many: 'Днес е падежът на плащане за следните фактури. Ако плащането Ви вече е на път, благодарим.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Напомняне: фактура {{ items[0].number }}',
      many: 'Напомняне: неплатени фактури от {{ company.name }}',
    },
    opening: {
      one:
        'Според нашите данни следната фактура все още не е платена. Може би е пропусната; ще сме ' +
        'благодарни за плащането.',
      many:
        'Според нашите данни следните фактури все още не са платени. Може би са пропуснати; ще сме ' +
        'благодарни за плащането.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Просрочена: фактура {{ items[0].number }}',
      many: 'Просрочени: фактури от {{ company.name }}',
    },
    opening: {
      one:
        'Следната фактура все още не е платена, въпреки че падежът ѝ е минал. Моля, платете я в ' +
        'следващите дни или ни съобщете кога можем да очакваме плащането.',
      many:
        'Следните фактури все още не са платени и плащането е просрочено. Моля, платете дължимата сума в ' +
        'следващите дни или ни съобщете кога можем да очакваме плащането.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Спешно: фактура {{ items[0].number }} е отдавна просрочена',
      many: 'Спешно: фактури от {{ company.name }} са отдавна просрочени',
    },
    opening: {
      one:
        'Следната фактура не е платена дълго след падежа. Моля, платете я без повече отлагане. Ако не ' +
        'можете да платите цялата сума наведнъж, свържете се с нас сега, за да намерим заедно решение.',
      many:
        'Следните фактури не са платени и плащането е отдавна просрочено. Моля, платете дължимата сума ' +
        'без повече отлагане. Ако не можете да платите всичко наведнъж, свържете се с нас сега, за да ' +
        'намерим заедно решение.',
    },
  },
};

export const uk: Phases = {
  upcoming: {
    subject: {
      one: 'Термін оплати рахунку {{ items[0].number }}: {{ items[0].due_on | date }}',
      many: 'Наближається термін оплати рахунків від {{ company.name }}',
    },
    opening: {
      one:
        'Повідомляємо, що наближається термін оплати наведеного нижче рахунку. Якщо оплату вже ' +
        'заплановано, нічого робити не потрібно.',
      many:
        'Повідомляємо, що наближається термін оплати наведених нижче рахунків. Якщо оплату вже ' +
        'заплановано, нічого робити не потрібно.',
    },
  },
  due_today: {
    subject: {
      one: 'Сьогодні термін оплати рахунку {{ items[0].number }}',
      many: 'Сьогодні термін платежу на користь {{ company.name }}',
    },
    opening: {
      one: 'Сьогодні термін оплати наведеного нижче рахунку. Якщо ваш платіж уже в дорозі, дякуємо.',
      many: 'Сьогодні термін платежу за наведеними нижче рахунками. Якщо ваш платіж уже в дорозі, дякуємо.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Нагадування: рахунок {{ items[0].number }}',
      many: 'Нагадування: неоплачені рахунки від {{ company.name }}',
    },
    opening: {
      one:
        'За нашими даними, наведений нижче рахунок ще не оплачено. Можливо, його не помітили; будемо ' +
        'вдячні за оплату.',
      many:
        'За нашими даними, наведені нижче рахунки ще не оплачено. Можливо, їх не помітили; будемо вдячні ' +
        'за оплату.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Прострочено: рахунок {{ items[0].number }}',
      many: 'Прострочено: рахунки від {{ company.name }}',
    },
    opening: {
      one:
        'Наведений нижче рахунок ще не оплачено, хоча термін оплати минув. Будь ласка, сплатіть його ' +
        'найближчими днями або повідомте, коли нам очікувати на платіж.',
      many:
        'Наведені нижче рахунки ще не оплачено, а термін оплати минув. Будь ласка, сплатіть прострочену ' +
        'суму найближчими днями або повідомте, коли нам очікувати на платіж.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Терміново: рахунок {{ items[0].number }} давно прострочено',
      many: 'Терміново: рахунки від {{ company.name }} давно прострочено',
    },
    opening: {
      one:
        'Наведений нижче рахунок не оплачено через тривалий час після терміну. Будь ласка, сплатіть його ' +
        'без подальшого зволікання. Якщо ви не можете сплатити всю суму одразу, зв’яжіться з нами зараз, ' +
        'щоб разом знайти рішення.',
      many:
        'Наведені нижче рахунки не оплачено, а термін оплати давно минув. Будь ласка, сплатіть ' +
        'прострочену суму без подальшого зволікання. Якщо ви не можете сплатити все одразу, зв’яжіться з ' +
        'нами зараз, щоб разом знайти рішення.',
    },
  },
};
