// What charges say in Polish, Slovak, Slovene, Croatian, Bulgarian and Ukrainian.

import type { ChargeWords } from './charge-words.ts';

export const pl: ChargeWords = {
  title: 'Odsetki i opłaty za opóźnienie',
  creditTitle: 'Uznanie z tytułu odsetek i opłat',
  through: 'Naliczono do',
  explained: 'Poniższe pozycje zapłacono z opóźnieniem albo są przeterminowane. Z tego tytułu naliczamy:',
  sheet: 'Obliczenie odsetek',
  days: 'Dni',
  base: 'Kwota zaległa',
  rate: 'Stopa roczna',
  interest: 'Odsetki',
  dayRange: '{from} – {to}',
  feeTotal: 'Opłaty',
  untaxed: 'Odsetki i rekompensata za opóźnienie w zapłacie nie podlegają VAT.',
  rounding:
    'Odsetki nalicza się za każdy dzień od kwoty zaległej, bez odsetek od odsetek, i zaokrągla raz dla każdej pozycji.',
  kinds: {
    interest: 'Odsetki za opóźnienie',
    fixed_sum: 'Rekompensata za koszty odzyskiwania należności',
    reminder_fee: 'Opłata za przypomnienie',
    return_fee: 'Opłata za zwróconą płatność',
    correction: 'Korekta odsetek',
    fee_correction: 'Korekta rekompensaty',
    waiver: 'Umorzono',
  },
  phases: { reminder: 'Przypomnienie', demand: 'Wezwanie', final_notice: 'Ostateczne wezwanie' },
  mail: 'Niektóre płatności wpłynęły z opóźnieniem albo są przeterminowane. W załączeniu przesyłamy naszą notę {{ document.number }} z dnia {{ document.issued_on | date }} na kwotę {{ document.total | money }} wraz z obliczeniem.',
  creditMail:
    'W załączeniu przesyłamy uznanie {{ document.number }} z dnia {{ document.issued_on | date }} na kwotę {{ document.total | money }} z tytułu odsetek i opłat. Nie trzeba nic płacić.',
};

export const sk: ChargeWords = {
  title: 'Úroky a poplatky z omeškania',
  creditTitle: 'Dobropis k úrokom a poplatkom',
  through: 'Vypočítané do',
  explained: 'Nasledujúce položky boli uhradené neskoro alebo sú po splatnosti. Účtujeme za ne:',
  sheet: 'Výpočet úrokov',
  days: 'Dni',
  base: 'Dlžná suma',
  rate: 'Sadzba p. a.',
  interest: 'Úrok',
  dayRange: '{from} až {to}',
  feeTotal: 'Poplatky',
  untaxed: 'Úroky z omeškania a náhrada nákladov nie sú predmetom DPH.',
  rounding: 'Úroky sa počítajú po dňoch z dlžnej sumy, bez úrokov z úrokov, a zaokrúhľujú sa raz za položku.',
  kinds: {
    interest: 'Úrok z omeškania',
    fixed_sum: 'Paušálna náhrada nákladov',
    reminder_fee: 'Poplatok za upomienku',
    return_fee: 'Poplatok za vrátenú platbu',
    correction: 'Oprava úrokov',
    fee_correction: 'Oprava paušálnej náhrady',
    waiver: 'Odpustené',
  },
  phases: { reminder: 'Upomienka', demand: 'Výzva', final_notice: 'Posledná výzva' },
  mail: 'Niektoré Vaše platby prišli neskoro alebo sú po splatnosti. V prílohe zasielame vyúčtovanie {{ document.number }} zo dňa {{ document.issued_on | date }} na sumu {{ document.total | money }} aj s výpočtom.',
  creditMail:
    'V prílohe zasielame dobropis {{ document.number }} zo dňa {{ document.issued_on | date }} na sumu {{ document.total | money }} k úrokom a poplatkom. Nemusíte nič platiť.',
};

export const sl: ChargeWords = {
  title: 'Zamudne obresti in stroški',
  creditTitle: 'Dobropis za obresti in stroške',
  through: 'Obračunano do',
  explained: 'Spodnje postavke so bile plačane z zamudo ali so zapadle. Zanje zaračunavamo:',
  sheet: 'Obračun obresti',
  days: 'Dni',
  base: 'Odprti znesek',
  rate: 'Letna mera',
  interest: 'Obresti',
  dayRange: '{from} – {to}',
  feeTotal: 'Stroški',
  untaxed: 'Zamudne obresti in nadomestilo za zamudo niso predmet DDV.',
  rounding:
    'Obresti se računajo po dnevih od odprtega zneska, brez obresti na obresti, in zaokrožijo enkrat na postavko.',
  kinds: {
    interest: 'Zamudne obresti',
    fixed_sum: 'Nadomestilo stroškov izterjave',
    reminder_fee: 'Strošek opomina',
    return_fee: 'Strošek vrnjenega plačila',
    correction: 'Popravek obresti',
    fee_correction: 'Popravek nadomestila',
    waiver: 'Odpuščeno',
  },
  phases: { reminder: 'Opomin', demand: 'Poziv', final_notice: 'Zadnji opomin' },
  mail: 'Nekatera vaša plačila so prispela z zamudo ali so zapadla. V prilogi pošiljamo obračun {{ document.number }} z dne {{ document.issued_on | date }} v znesku {{ document.total | money }} z izračunom.',
  creditMail:
    'V prilogi pošiljamo dobropis {{ document.number }} z dne {{ document.issued_on | date }} v znesku {{ document.total | money }} za obresti in stroške. Plačati vam ni treba ničesar.',
};

export const hr: ChargeWords = {
  title: 'Zatezne kamate i naknade',
  creditTitle: 'Odobrenje za kamate i naknade',
  through: 'Obračunato do',
  explained: 'Sljedeće je plaćeno sa zakašnjenjem ili je dospjelo. Za to zaračunavamo:',
  sheet: 'Obračun kamata',
  days: 'Dana',
  base: 'Otvoreni iznos',
  rate: 'Godišnja stopa',
  interest: 'Kamate',
  dayRange: '{from} – {to}',
  feeTotal: 'Naknade',
  untaxed: 'Zatezne kamate i naknada za zakašnjelo plaćanje ne podliježu PDV-u.',
  rounding:
    'Kamate se računaju po danima na otvoreni iznos, bez kamata na kamate, i zaokružuju jednom po stavci.',
  kinds: {
    interest: 'Zatezne kamate',
    fixed_sum: 'Posebna naknada troškova naplate',
    reminder_fee: 'Naknada za opomenu',
    return_fee: 'Naknada za vraćeno plaćanje',
    correction: 'Ispravak kamata',
    fee_correction: 'Ispravak posebne naknade',
    waiver: 'Otpušteno',
  },
  phases: { reminder: 'Opomena', demand: 'Poziv na plaćanje', final_notice: 'Posljednja opomena' },
  mail: 'Neka vaša plaćanja stigla su sa zakašnjenjem ili su dospjela. U privitku šaljemo obračun {{ document.number }} od {{ document.issued_on | date }} na iznos {{ document.total | money }} s izračunom.',
  creditMail:
    'U privitku šaljemo odobrenje {{ document.number }} od {{ document.issued_on | date }} na iznos {{ document.total | money }} za kamate i naknade. Ne trebate ništa platiti.',
};

export const bg: ChargeWords = {
  title: 'Лихви и такси за забава',
  creditTitle: 'Кредит за лихви и такси',
  through: 'Изчислено до',
  explained: 'Следното е платено със закъснение или е просрочено. За него начисляваме:',
  sheet: 'Изчисляване на лихвата',
  days: 'Дни',
  base: 'Неплатена сума',
  rate: 'Годишен процент',
  interest: 'Лихва',
  dayRange: '{from} – {to}',
  feeTotal: 'Такси',
  untaxed: 'Лихвите и обезщетението за забавено плащане са извън обхвата на ДДС.',
  rounding:
    'Лихвата се изчислява по дни върху неплатената сума, без лихва върху лихва, и се закръгля веднъж за всяка позиция.',
  kinds: {
    interest: 'Лихва за забава',
    fixed_sum: 'Фиксирана сума за разноски по събиране',
    reminder_fee: 'Такса за напомняне',
    return_fee: 'Такса за върнато плащане',
    correction: 'Корекция на лихвата',
    fee_correction: 'Корекция на фиксираната сума',
    waiver: 'Опростено',
  },
  phases: { reminder: 'Напомняне', demand: 'Покана за плащане', final_notice: 'Последна покана' },
  mail: 'Някои ваши плащания дойдоха със закъснение или са просрочени. Приложено изпращаме нашата справка {{ document.number }} от {{ document.issued_on | date }} на стойност {{ document.total | money }} с изчислението.',
  creditMail:
    'Приложено изпращаме кредит {{ document.number }} от {{ document.issued_on | date }} на стойност {{ document.total | money }} за лихви и такси. Не е нужно да плащате нищо.',
};

export const uk: ChargeWords = {
  title: 'Проценти та збори за прострочення',
  creditTitle: 'Кредит за проценти та збори',
  through: 'Нараховано до',
  explained: 'Нижченаведене сплачено із запізненням або прострочено. За це ми нараховуємо:',
  sheet: 'Розрахунок процентів',
  days: 'Дні',
  base: 'Непогашена сума',
  rate: 'Річна ставка',
  interest: 'Проценти',
  dayRange: '{from} – {to}',
  feeTotal: 'Збори',
  untaxed: 'Проценти та відшкодування за прострочення платежу не є об’єктом оподаткування ПДВ.',
  rounding:
    'Проценти нараховуються за днями на непогашену суму, без процентів на проценти, і округлюються один раз за позицією.',
  kinds: {
    interest: 'Проценти за прострочення',
    fixed_sum: 'Фіксована сума витрат на стягнення',
    reminder_fee: 'Збір за нагадування',
    return_fee: 'Збір за повернений платіж',
    correction: 'Виправлення процентів',
    fee_correction: 'Виправлення фіксованої суми',
    waiver: 'Прощено',
  },
  phases: { reminder: 'Нагадування', demand: 'Вимога', final_notice: 'Остання вимога' },
  mail: 'Деякі ваші платежі надійшли із запізненням або прострочені. У вкладенні надсилаємо наш розрахунок {{ document.number }} від {{ document.issued_on | date }} на суму {{ document.total | money }} з поясненням обчислення.',
  creditMail:
    'У вкладенні надсилаємо наш кредит {{ document.number }} від {{ document.issued_on | date }} на суму {{ document.total | money }} за проценти та збори. Вам не потрібно нічого сплачувати.',
};
