// What stands behind the links of mails, in Polish, Slovak, Slovene, Croatian, Bulgarian and Ukrainian.

import type { LinkWords } from './link-words.ts';

export const pl: LinkWords = {
  from: 'Od',
  save: 'Zapisz',
  until: 'Dostępne tutaj do {day}.',
  noted: 'Nadawca dowiaduje się raz, że dokument został otwarty, i kiedy.',
  gone: 'Ten link nie działa',
  goneWhy: 'Wygasł, został wyłączony albo jest niepełny. Prosimy odpowiedzieć na wiadomość, w której był.',
  title: {
    reminder: 'Zrezygnować z przypomnień o płatności?',
    statement: 'Zrezygnować z wyciągów z konta?',
  },
  happens:
    'Po naciśnięciu przycisku {company} nie wyśle już na ten adres niczego takiego. Faktury będą przychodzić nadal, należność pozostaje bez zmian, a do innych odbiorców piszemy jak dotąd. {company} dowie się o rezygnacji.',
  button: 'Zrezygnuj dla {address}',
  since: 'Na {address} nic takiego nie jest wysyłane od {day}.',
  other: 'Właściwym odbiorcą jest ktoś inny?',
  otherWhy: 'Prosimy podać adres. Nic nie zmieni się samo: najpierw obejrzy go człowiek w {company}.',
  field: 'Właściwy adres',
  instead: 'Zamiast',
  tell: 'Powiadom nadawcę',
  notices: {
    stopped: 'Gotowe. Wysyłka została wstrzymana.',
    noted: 'Dziękujemy. Człowiek się temu przyjrzy.',
    noted_before: 'Tym linkiem podano już dość adresów. Człowiek się im przyjrzy.',
    address_not_valid: 'To nie jest adres e-mail. Przykład: anna@example.com.',
  },
  line: {
    reminder: 'Nie wysyłać przypomnień na ten adres albo podać inny',
    statement: 'Nie wysyłać wyciągów na ten adres albo podać inny',
  },
};

export const sk: LinkWords = {
  from: 'Od',
  save: 'Uložiť',
  until: 'Tu k dispozícii do {day}.',
  noted: 'Odosielateľ sa raz dozvie, že a kedy bol dokument otvorený.',
  gone: 'Tento odkaz nefunguje',
  goneWhy: 'Jeho platnosť sa skončila, bol zrušený alebo nie je úplný. Odpovedzte na e-mail, v ktorom bol.',
  title: { reminder: 'Nezasielať upomienky?', statement: 'Nezasielať výpisy z účtu?' },
  happens:
    'Po stlačení tlačidla už {company} na túto adresu nič takéto nepošle. Faktúry chodia ďalej, dlh zostáva a ostatným príjemcom sa píše ako doteraz. {company} sa o tom dozvie.',
  button: 'Nezasielať na {address}',
  since: 'Na {address} sa od {day} nič takéto neposiela.',
  other: 'Je správnym príjemcom niekto iný?',
  otherWhy: 'Nechajte adresu. Samo sa nič nezmení: najprv sa na to pozrie človek vo firme {company}.',
  field: 'Správna adresa',
  instead: 'Namiesto',
  tell: 'Oznámiť odosielateľovi',
  notices: {
    stopped: 'Hotovo. Zasielanie je zastavené.',
    noted: 'Ďakujeme. Pozrie sa na to človek.',
    noted_before: 'Týmto odkazom bolo zanechaných dosť adries. Pozrie sa na ne človek.',
    address_not_valid: 'Toto nie je e-mailová adresa. Vyzerá ako anna@example.com.',
  },
  line: {
    reminder: 'Na túto adresu už neposielať upomienky, alebo uviesť inú adresu',
    statement: 'Na túto adresu už neposielať výpisy, alebo uviesť inú adresu',
  },
};

export const sl: LinkWords = {
  from: 'Pošiljatelj:',
  save: 'Shrani',
  until: 'Tukaj na voljo do {day}.',
  noted: 'Pošiljatelj enkrat izve, da je bil dokument odprt, in kdaj.',
  gone: 'Ta povezava ne deluje',
  goneWhy:
    'Potekla je, bila je ukinjena ali ni popolna. Prosimo, odgovorite na sporočilo, v katerem je bila.',
  title: { reminder: 'Ne želite več opominov?', statement: 'Ne želite več izpiskov stanja?' },
  happens:
    'S pritiskom na gumb {company} na ta naslov ne pošilja več ničesar takega. Računi prihajajo še naprej, dolg ostane, drugim prejemnikom pišemo kot doslej. {company} bo o tem obveščen.',
  button: 'Ustavi za {address}',
  since: 'Na {address} se od {day} ne pošilja nič takega.',
  other: 'Je pravi prejemnik kdo drug?',
  otherWhy: 'Pustite naslov. Samo od sebe se nič ne spremeni: najprej ga pogleda človek v {company}.',
  field: 'Pravi naslov',
  instead: 'Namesto',
  tell: 'Sporoči pošiljatelju',
  notices: {
    stopped: 'Urejeno. Pošiljanje je ustavljeno.',
    noted: 'Hvala. Pogledal bo človek.',
    noted_before: 'S to povezavo je bilo podanih dovolj naslovov. Pogledal jih bo človek.',
    address_not_valid: 'To ni e-poštni naslov. Primer: anna@example.com.',
  },
  line: {
    reminder: 'Na ta naslov ne pošiljajte več opominov, ali sporočite drug naslov',
    statement: 'Na ta naslov ne pošiljajte več izpiskov, ali sporočite drug naslov',
  },
};

export const hr: LinkWords = {
  from: 'Od',
  save: 'Spremi',
  until: 'Ovdje dostupno do {day}.',
  noted: 'Pošiljatelj jednom doznaje da je dokument otvoren i kada.',
  gone: 'Ova poveznica ne radi',
  goneWhy: 'Istekla je, ukinuta je ili nije potpuna. Molimo odgovorite na poruku u kojoj je bila.',
  title: { reminder: 'Ne želite više opomene?', statement: 'Ne želite više izvode stanja?' },
  happens:
    'Pritiskom na gumb {company} na ovu adresu više ne šalje ništa takvo. Računi i dalje stižu, dug ostaje, a ostalim primateljima pišemo kao i dosad. {company} će to doznati.',
  button: 'Zaustavi za {address}',
  since: 'Na {address} se od {day} ne šalje ništa takvo.',
  other: 'Je li pravi primatelj netko drugi?',
  otherWhy: 'Ostavite adresu. Ništa se ne mijenja samo od sebe: najprije je pogleda čovjek ({company}).',
  field: 'Prava adresa',
  instead: 'Umjesto',
  tell: 'Javi pošiljatelju',
  notices: {
    stopped: 'Gotovo. Slanje je zaustavljeno.',
    noted: 'Hvala. Pogledat će čovjek.',
    noted_before: 'Ovom poveznicom ostavljeno je dovoljno adresa. Pogledat će ih čovjek.',
    address_not_valid: 'Ovo nije adresa e-pošte. Primjer: anna@example.com.',
  },
  line: {
    reminder: 'Ne šaljite više opomene na ovu adresu, ili navedite drugu',
    statement: 'Ne šaljite više izvode na ovu adresu, ili navedite drugu',
  },
};

export const bg: LinkWords = {
  from: 'От',
  save: 'Запази',
  until: 'Достъпно тук до {day}.',
  noted: 'Подателят научава веднъж, че документ е бил отворен и кога.',
  gone: 'Тази връзка не работи',
  goneWhy: 'Изтекла е, прекратена е или не е пълна. Моля, отговорете на писмото, в което беше.',
  title: {
    reminder: 'Спиране на напомнянията за плащане?',
    statement: 'Спиране на извлеченията по сметка?',
  },
  happens:
    'Натиснете бутона и {company} няма да изпраща повече нищо такова на този адрес. Фактурите продължават да идват, дължимото остава, а на другите получатели се пише както досега. {company} ще научи, че сте го спрели.',
  button: 'Спиране за {address}',
  since: 'На {address} не се изпраща нищо такова от {day}.',
  other: 'Друг ли е правилният получател?',
  otherWhy: 'Оставете адреса. Нищо не се променя само: първо го преглежда човек от {company}.',
  field: 'Правилен адрес',
  instead: 'Вместо',
  tell: 'Съобщете на подателя',
  notices: {
    stopped: 'Готово. Изпращането е спряно.',
    noted: 'Благодарим. Човек ще го прегледа.',
    noted_before: 'Чрез тази връзка са оставени достатъчно адреси. Човек ще ги прегледа.',
    address_not_valid: 'Това не е имейл адрес. Пример: anna@example.com.',
  },
  line: {
    reminder: 'Без повече напомняния на този адрес, или посочете друг',
    statement: 'Без повече извлечения на този адрес, или посочете друг',
  },
};

export const uk: LinkWords = {
  from: 'Від',
  save: 'Зберегти',
  until: 'Доступно тут до {day}.',
  noted: 'Відправник один раз дізнається, що документ відкрили, і коли.',
  gone: 'Це посилання не працює',
  goneWhy:
    'Його строк минув, його скасовано або воно неповне. Дайте, будь ласка, відповідь на лист, у якому воно було.',
  title: {
    reminder: 'Не надсилати нагадувань про оплату?',
    statement: 'Не надсилати виписок за рахунком?',
  },
  happens:
    'Натисніть кнопку, і {company} більше не надсилатиме нічого такого на цю адресу. Рахунки надходитимуть і далі, борг залишається, іншим одержувачам пишуть, як і раніше. {company} дізнається про вашу відмову.',
  button: 'Зупинити для {address}',
  since: 'На {address} нічого такого не надсилають з {day}.',
  other: 'Правильний одержувач – хтось інший?',
  otherWhy: 'Залиште адресу. Нічого не змінюється саме: спершу її перегляне людина в {company}.',
  field: 'Правильна адреса',
  instead: 'Замість',
  tell: 'Повідомити відправника',
  notices: {
    stopped: 'Готово. Надсилання зупинено.',
    noted: 'Дякуємо. Людина це перегляне.',
    noted_before: 'За цим посиланням залишено досить адрес. Людина їх перегляне.',
    address_not_valid: 'Це не адреса електронної пошти. Приклад: anna@example.com.',
  },
  line: {
    reminder: 'Більше не надсилати нагадувань на цю адресу або вказати іншу',
    statement: 'Більше не надсилати виписок на цю адресу або вказати іншу',
  },
};
