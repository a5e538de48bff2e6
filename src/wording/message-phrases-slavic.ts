// The words of messages in Polish, Slovak, Slovene, Croatian, Bulgarian and Ukrainian.

import type { MessagePhrases } from './message-phrases.ts';

export const pl: MessagePhrases = {
  greeting: 'Dzień dobry,',
  itemLine:
    'Faktura {{ item.number }} z dnia {{ item.issued_on | date }}, termin płatności ' +
    '{{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} po terminie',
  totalOpen: 'Razem do zapłaty',
  payTo: 'Prosimy o wpłatę na ten rachunek',
  holder: 'Posiadacz rachunku',
  attached: {
    one: 'Faktura znajduje się w załączniku.',
    many: 'Faktury znajdują się w załącznikach.',
  },
  leftOut: {
    before: 'Za duże na tę wiadomość, dlatego niezałączone',
    ask: 'Prosimy o odpowiedź, a prześlemy inną drogą.',
  },
  online: 'Zobacz swoje konto i zapłać online',
  viewDocument: 'Zobacz i zapisz dokument online',
  alreadyPaid:
    'Jeśli zapłata już nastąpiła, prosimy uznać tę wiadomość za bezprzedmiotową; dziękujemy. Jeśli ' +
    'od wpłaty minęło więcej niż kilka dni, krótka odpowiedź z datą i tytułem płatności pomoże nam ' +
    'ją odnaleźć.',
  notRight: 'Coś się nie zgadza na fakturze? Wystarczy odpowiedzieć na tę wiadomość, a sprawdzimy to.',
  penalties:
    'Informujemy, że za opóźnienie w płatności mogą zostać naliczone odsetki i koszty odzyskiwania ' +
    'należności, o ile przewiduje to prawo lub nasza umowa.',
  regards: 'Z poważaniem',
  invoiceMail: {
    subject: 'Państwa faktura {{ document.number }}',
    opening:
      'dziękujemy za zaufanie. W załączniku przesyłamy fakturę {{ document.number }} z dnia ' +
      '{{ document.issued_on | date }} na kwotę {{ document.total | money }}.',
    dueLine: 'Termin płatności: {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'Państwa faktura korygująca {{ document.number }}',
    opening:
      'w załączniku przesyłamy fakturę korygującą {{ document.number }} z dnia ' +
      '{{ document.issued_on | date }} na kwotę {{ document.total | money }}. Kwota zostaje zaliczona ' +
      'na Państwa korzyść; nie trzeba nic płacić.',
  },
  statementMail: {
    subject: 'Państwa wyciąg z konta na dzień {{ statement.as_of | date }}',
    opening: 'w załączniku przesyłamy wyciąg z Państwa konta na dzień {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'termin',
    ask: 'Pytania:',
  },
};

export const sk: MessagePhrases = {
  greeting: 'Dobrý deň,',
  itemLine:
    'Faktúra {{ item.number }} zo dňa {{ item.issued_on | date }}, splatnosť {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} po splatnosti',
  totalOpen: 'Spolu neuhradené',
  payTo: 'Platbu, prosím, pošlite na tento účet',
  holder: 'Majiteľ účtu',
  attached: {
    one: 'Faktúru nájdete v prílohe.',
    many: 'Faktúry nájdete v prílohe.',
  },
  leftOut: {
    before: 'Príliš veľké pre tento e-mail, preto nepriložené',
    ask: 'Odpovedzte nám a pošleme to inou cestou.',
  },
  online: 'Zobraziť účet a zaplatiť online',
  viewDocument: 'Zobraziť a uložiť dokument online',
  alreadyPaid:
    'Ak ste už zaplatili, považujte, prosím, túto správu za bezpredmetnú; ďakujeme. Ak od platby ' +
    'uplynulo viac než niekoľko dní, krátka odpoveď s dátumom a referenciou nám ju pomôže nájsť.',
  notRight: 'Nie je na niektorej faktúre niečo v poriadku? Stačí odpovedať na túto správu a preveríme to.',
  penalties:
    'Upozorňujeme, že pri oneskorenej platbe môžu byť účtované úroky a náklady na vymáhanie, pokiaľ ' +
    'to ustanovuje zákon alebo naša dohoda.',
  regards: 'S pozdravom',
  invoiceMail: {
    subject: 'Vaša faktúra {{ document.number }}',
    opening:
      'ďakujeme za Vašu dôveru. V prílohe zasielame faktúru {{ document.number }} zo dňa ' +
      '{{ document.issued_on | date }} na sumu {{ document.total | money }}.',
    dueLine: 'Dátum splatnosti je {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'Váš dobropis {{ document.number }}',
    opening:
      'v prílohe zasielame dobropis {{ document.number }} zo dňa {{ document.issued_on | date }} na ' +
      'sumu {{ document.total | money }}. Suma je vo Váš prospech; nemusíte nič platiť.',
  },
  statementMail: {
    subject: 'Výpis z Vášho účtu k {{ statement.as_of | date }}',
    opening: 'v prílohe zasielame výpis z Vášho účtu k {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'splatnosť',
    ask: 'Otázky:',
  },
};

export const sl: MessagePhrases = {
  greeting: 'Pozdravljeni,',
  itemLine: 'Račun {{ item.number }} z dne {{ item.issued_on | date }}, zapadlost {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} zamude',
  totalOpen: 'Skupaj odprto',
  payTo: 'Prosimo, plačajte na ta račun',
  holder: 'Imetnik računa',
  attached: {
    one: 'Račun je v prilogi.',
    many: 'Računi so v prilogi.',
  },
  leftOut: {
    before: 'Preveliko za to sporočilo, zato ni priloženo',
    ask: 'Odgovorite nam in poslali bomo drugače.',
  },
  online: 'Oglejte si svoj konto in plačajte prek spleta',
  viewDocument: 'Oglejte si in shranite dokument prek spleta',
  alreadyPaid:
    'Če ste že plačali, sporočilo štejte za brezpredmetno; hvala. Če je od plačila minilo več kot ' +
    'nekaj dni, nam kratek odgovor z datumom in sklicem pomaga, da ga najdemo.',
  notRight: 'Je na katerem računu kaj narobe? Odgovorite na to sporočilo in preverili bomo.',
  penalties:
    'Opozarjamo, da se ob zamudi pri plačilu lahko zaračunajo obresti in stroški izterjave, kolikor ' +
    'to določa zakon ali naš dogovor.',
  regards: 'Lep pozdrav',
  invoiceMail: {
    subject: 'Vaš račun {{ document.number }}',
    opening:
      'hvala za zaupanje. V prilogi vam pošiljamo račun {{ document.number }} z dne ' +
      '{{ document.issued_on | date }} v znesku {{ document.total | money }}.',
    dueLine: 'Zapade {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'Vaš dobropis {{ document.number }}',
    opening:
      'v prilogi vam pošiljamo dobropis {{ document.number }} z dne {{ document.issued_on | date }} v ' +
      'znesku {{ document.total | money }}. Znesek je v vašo korist; ničesar vam ni treba plačati.',
  },
  statementMail: {
    subject: 'Izpis vašega konta na dan {{ statement.as_of | date }}',
    opening: 'v prilogi vam pošiljamo izpis vašega konta na dan {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'zapadlost',
    ask: 'Vprašanja:',
  },
};

export const hr: MessagePhrases = {
  greeting: 'Poštovani,',
  itemLine: 'Račun {{ item.number }} od {{ item.issued_on | date }}, dospijeće {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} kašnjenja',
  totalOpen: 'Ukupno otvoreno',
  payTo: 'Molimo uplatite na ovaj račun',
  holder: 'Vlasnik računa',
  attached: {
    one: 'Račun je u privitku.',
    many: 'Računi su u privitku.',
  },
  leftOut: {
    before: 'Preveliko za ovu poruku pa nije priloženo',
    ask: 'Odgovorite nam i poslat ćemo drugim putem.',
  },
  online: 'Pogledajte svoj konto i platite putem interneta',
  viewDocument: 'Pogledajte i spremite dokument putem interneta',
  alreadyPaid:
    'Ako ste već platili, smatrajte ovu poruku bespredmetnom; hvala. Ako je od uplate prošlo više od ' +
    'nekoliko dana, kratak odgovor s datumom i pozivom na broj pomoći će nam da je pronađemo.',
  notRight: 'Nešto nije u redu s računom? Odgovorite na ovu poruku i provjerit ćemo.',
  penalties:
    'Napominjemo da se za zakašnjela plaćanja mogu obračunati kamate i troškovi naplate, ako je to ' +
    'predviđeno zakonom ili našim ugovorom.',
  regards: 'S poštovanjem',
  invoiceMail: {
    subject: 'Vaš račun {{ document.number }}',
    opening:
      'zahvaljujemo na povjerenju. U privitku šaljemo račun {{ document.number }} od ' +
      '{{ document.issued_on | date }} na iznos {{ document.total | money }}.',
    dueLine: 'Dospijeva {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'Vaše odobrenje {{ document.number }}',
    opening:
      'u privitku šaljemo odobrenje {{ document.number }} od {{ document.issued_on | date }} na iznos ' +
      '{{ document.total | money }}. Iznos se knjiži u vašu korist; ne trebate ništa platiti.',
  },
  statementMail: {
    subject: 'Izvod vašeg konta na dan {{ statement.as_of | date }}',
    opening: 'u privitku šaljemo izvod vašeg konta na dan {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'dospijeće',
    ask: 'Pitanja:',
  },
};

export const bg: MessagePhrases = {
  greeting: 'Здравейте,',
  itemLine: 'Фактура {{ item.number }} от {{ item.issued_on | date }}, падеж {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} закъснение',
  totalOpen: 'Общо за плащане',
  payTo: 'Моля, платете по тази сметка',
  holder: 'Титуляр',
  attached: {
    one: 'Фактурата е приложена.',
    many: 'Фактурите са приложени.',
  },
  leftOut: {
    before: 'Твърде голямо за това писмо и затова не е приложено',
    ask: 'Отговорете ни и ще го изпратим по друг начин.',
  },
  online: 'Вижте сметката си и платете онлайн',
  viewDocument: 'Вижте и запазете документа онлайн',
  alreadyPaid:
    'Вече сте платили? Тогава, моля, не обръщайте внимание на това съобщение; благодарим. Ако сте ' +
    'платили преди повече от няколко дни, кратък отговор с датата и основанието ще ни помогне да ' +
    'намерим плащането.',
  notRight: 'Има ли нещо нередно във фактура? Отговорете на това съобщение и ще проверим.',
  penalties:
    'Обръщаме внимание, че при забавено плащане могат да бъдат начислени лихви и разноски по ' +
    'събирането, доколкото законът или нашето споразумение го предвижда.',
  regards: 'С уважение',
  invoiceMail: {
    subject: 'Вашата фактура {{ document.number }}',
    opening:
      'Благодарим за доверието. Приложена е нашата фактура {{ document.number }} от ' +
      '{{ document.issued_on | date }} на стойност {{ document.total | money }}.',
    dueLine: 'Падежът е на {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'Вашето кредитно известие {{ document.number }}',
    opening:
      'Приложено е нашето кредитно известие {{ document.number }} от {{ document.issued_on | date }} ' +
      'на стойност {{ document.total | money }}. Сумата е във Ваша полза; не дължите плащане.',
  },
  statementMail: {
    subject: 'Извлечение от Вашата сметка към {{ statement.as_of | date }}',
    opening: 'Приложено е извлечението от Вашата сметка към {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'падеж',
    ask: 'Въпроси:',
  },
};

export const uk: MessagePhrases = {
  greeting: 'Добрий день!',
  itemLine:
    'Рахунок {{ item.number }} від {{ item.issued_on | date }}, термін оплати {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} прострочення',
  totalOpen: 'Разом до сплати',
  payTo: 'Будь ласка, сплатіть на цей рахунок',
  holder: 'Власник рахунку',
  attached: {
    one: 'Рахунок додано до листа.',
    many: 'Рахунки додано до листа.',
  },
  leftOut: {
    before: 'Завелике для цього листа, тому не додано',
    ask: 'Дайте нам відповідь, і ми надішлемо іншим шляхом.',
  },
  online: 'Переглянути свій рахунок і сплатити онлайн',
  viewDocument: 'Переглянути та зберегти документ онлайн',
  alreadyPaid:
    'Ви вже сплатили? Тоді, будь ласка, не зважайте на цей лист; дякуємо. Якщо від оплати минуло ' +
    'понад кілька днів, коротка відповідь із датою та призначенням платежу допоможе нам його знайти.',
  notRight: 'Щось не так із рахунком? Просто дайте відповідь на цей лист, і ми перевіримо.',
  penalties:
    'Зверніть увагу, що за прострочену оплату можуть нараховуватися проценти та витрати на ' +
    'стягнення, якщо це передбачено законом або нашим договором.',
  regards: 'З повагою',
  invoiceMail: {
    subject: 'Ваш рахунок {{ document.number }}',
    opening:
      'Дякуємо за довіру. Додаємо наш рахунок {{ document.number }} від ' +
      '{{ document.issued_on | date }} на суму {{ document.total | money }}.',
    dueLine: 'Термін оплати: {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'Ваша кредит-нота {{ document.number }}',
    opening:
      'Додаємо нашу кредит-ноту {{ document.number }} від {{ document.issued_on | date }} на суму ' +
      '{{ document.total | money }}. Суму зараховано на вашу користь; сплачувати нічого не потрібно.',
  },
  statementMail: {
    subject: 'Виписка з вашого рахунку на {{ statement.as_of | date }}',
    opening: 'Додаємо виписку з вашого рахунку на {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'термін оплати',
    ask: 'Запитання:',
  },
};
