// What text messages say, in every language we write: a word or two for each phase, and how to have no more of them. The facts are
// put between them, so that all of it fits two short messages.

import type { DocumentLanguage } from '#printing/language.ts';
import type { ReminderPhase } from './reminder-phrases.ts';

/** The words of text messages. */
export type SmsPhrases = {
  readonly phases: Readonly<Record<ReminderPhase, string>>;
  /** How to stop them: names the word to answer with, which goes by the country of the number. */
  readonly stop: string;
};

type PhaseWords = readonly [
  upcoming: string,
  due: string,
  first: string,
  second: string,
  third: string,
  legal: string,
];

function said(words: PhaseWords, stop: string): SmsPhrases {
  const [upcoming, due_today, first_reminder, second_reminder, third_reminder, legal_announcement] = words;
  const phases = {
    upcoming,
    due_today,
    first_reminder,
    second_reminder,
    third_reminder,
    legal_announcement,
  };
  return { phases, stop: stop.replace('WORD', '{{ opt_out }}') };
}

/** The phrases, by language. */
export const SMS_PHRASES: Readonly<Record<DocumentLanguage, SmsPhrases>> = {
  en: said(
    ['due soon', 'due today', 'reminder', 'past due', 'urgent, past due', 'last notice before legal action'],
    'Reply WORD to stop.',
  ),
  de: said(
    [
      'demnächst fällig',
      'heute fällig',
      'Erinnerung',
      'überfällig',
      'dringend, überfällig',
      'letzte Mahnung vor rechtlichen Schritten',
    ],
    'Abbestellen: WORD',
  ),
  fr: said(
    [
      'bientôt à échéance',
      'échéance ce jour',
      'rappel',
      'en retard',
      'urgent, en retard',
      'dernier avis avant action en justice',
    ],
    'Désinscription : WORD',
  ),
  cs: said(
    [
      'brzy splatné',
      'dnes splatné',
      'připomínka',
      'po splatnosti',
      'naléhavé, po splatnosti',
      'poslední výzva před právními kroky',
    ],
    'Odhlášení: WORD',
  ),
  es: said(
    [
      'vence pronto',
      'vence hoy',
      'recordatorio',
      'vencido',
      'urgente, vencido',
      'último aviso antes de acciones legales',
    ],
    'Baja: WORD',
  ),
  it: said(
    [
      'in scadenza',
      'scade oggi',
      'promemoria',
      'scaduto',
      'urgente, scaduto',
      'ultimo avviso prima di azioni legali',
    ],
    'Disiscrizione: WORD',
  ),
  pt: said(
    [
      'vence em breve',
      'vence hoje',
      'lembrete',
      'vencido',
      'urgente, vencido',
      'último aviso antes de ação legal',
    ],
    'Cancelar: WORD',
  ),
  ro: said(
    [
      'scadent în curând',
      'scadent astăzi',
      'memento',
      'scadență depășită',
      'urgent, scadență depășită',
      'ultim aviz înaintea demersurilor legale',
    ],
    'Dezabonare: WORD',
  ),
  nl: said(
    [
      'vervalt binnenkort',
      'vervalt vandaag',
      'herinnering',
      'vervallen',
      'dringend, vervallen',
      'laatste aanmaning vóór juridische stappen',
    ],
    'Afmelden: WORD',
  ),
  sv: said(
    [
      'förfaller snart',
      'förfaller i dag',
      'påminnelse',
      'förfallen',
      'brådskande, förfallen',
      'sista krav före rättsliga åtgärder',
    ],
    'Avsluta: WORD',
  ),
  da: said(
    [
      'forfalder snart',
      'forfalder i dag',
      'påmindelse',
      'forfalden',
      'haster, forfalden',
      'sidste varsel før retlige skridt',
    ],
    'Afmeld: WORD',
  ),
  nb: said(
    [
      'forfaller snart',
      'forfaller i dag',
      'påminnelse',
      'forfalt',
      'haster, forfalt',
      'siste varsel før rettslige skritt',
    ],
    'Avslutt: WORD',
  ),
  fi: said(
    [
      'erääntyy pian',
      'erääntyy tänään',
      'muistutus',
      'erääntynyt',
      'kiireellinen, erääntynyt',
      'viimeinen huomautus ennen oikeustoimia',
    ],
    'Lopeta: WORD',
  ),
  et: said(
    [
      'tähtaeg läheneb',
      'tähtaeg täna',
      'meeldetuletus',
      'tähtaeg möödas',
      'kiire, tähtaeg möödas',
      'viimane hoiatus enne õiguslikke samme',
    ],
    'Loobumiseks: WORD',
  ),
  pl: said(
    [
      'termin wkrótce',
      'termin dziś',
      'przypomnienie',
      'po terminie',
      'pilne, po terminie',
      'ostateczne wezwanie przed krokami prawnymi',
    ],
    'Rezygnacja: WORD',
  ),
  sk: said(
    [
      'čoskoro splatné',
      'dnes splatné',
      'pripomienka',
      'po splatnosti',
      'naliehavé, po splatnosti',
      'posledná výzva pred právnymi krokmi',
    ],
    'Odhlásenie: WORD',
  ),
  sl: said(
    [
      'kmalu zapade',
      'zapade danes',
      'opomnik',
      'zapadlo',
      'nujno, zapadlo',
      'zadnji opomin pred pravnimi koraki',
    ],
    'Odjava: WORD',
  ),
  hr: said(
    [
      'uskoro dospijeva',
      'dospijeva danas',
      'podsjetnik',
      'dospjelo',
      'hitno, dospjelo',
      'posljednja opomena prije pravnih koraka',
    ],
    'Odjava: WORD',
  ),
  bg: said(
    [
      'скоро падеж',
      'падеж днес',
      'напомняне',
      'просрочено',
      'спешно, просрочено',
      'последно преди правни действия',
    ],
    'Отказ: WORD',
  ),
  uk: said(
    [
      'скоро термін',
      'термін сьогодні',
      'нагадування',
      'прострочено',
      'терміново, прострочено',
      'останнє перед судом',
    ],
    'Відмова: WORD',
  ),
  hu: said(
    [
      'hamarosan esedékes',
      'ma esedékes',
      'emlékeztető',
      'lejárt',
      'sürgős, lejárt',
      'utolsó felszólítás jogi lépések előtt',
    ],
    'Leiratkozás: WORD',
  ),
  el: said(
    [
      'λήγει σύντομα',
      'λήγει σήμερα',
      'υπενθύμιση',
      'ληξιπρόθεσμο',
      'επείγον, ληξιπρόθεσμο',
      'τελευταία πριν από αγωγή',
    ],
    'Διακοπή: WORD',
  ),
  lv: said(
    [
      'drīz termiņš',
      'termiņš šodien',
      'atgādinājums',
      'kavēts',
      'steidzami, kavēts',
      'pēdējais brīdinājums pirms tiesiskām darbībām',
    ],
    'Atteikties: WORD',
  ),
  lt: said(
    [
      'netrukus terminas',
      'terminas šiandien',
      'priminimas',
      'pradelsta',
      'skubu, pradelsta',
      'paskutinis įspėjimas prieš teisinius veiksmus',
    ],
    'Atsisakyti: WORD',
  ),
  tr: said(
    [
      'vade yaklaşıyor',
      'vade bugün',
      'hatırlatma',
      'vadesi geçti',
      'acil, vadesi geçti',
      'yasal işlemden önce son bildirim',
    ],
    'Çıkmak için: WORD',
  ),
  ar: said(
    ['يستحق قريبًا', 'يستحق اليوم', 'تذكير', 'متأخر', 'عاجل، متأخر', 'إشعار أخير قبل القضاء'],
    'للإيقاف: WORD',
  ),
  he: said(
    ['לתשלום בקרוב', 'לתשלום היום', 'תזכורת', 'באיחור', 'דחוף, באיחור', 'התראה לפני תביעה'],
    'להסרה: WORD',
  ),
  hi: said(['शीघ्र देय', 'आज देय', 'स्मरण', 'अतिदेय', 'अत्यावश्यक, अतिदेय', 'मुकदमे से पहले अंतिम सूचना'], 'रोकने हेतु: WORD'),
  'zh-Hans': said(
    ['即将到期', '今日到期', '提醒', '已逾期', '紧急，已逾期', '采取法律行动前的最后通知'],
    '退订请回复 WORD。',
  ),
  'zh-Hant': said(
    ['即將到期', '今日到期', '提醒', '已逾期', '緊急，已逾期', '採取法律行動前的最後通知'],
    '退訂請回覆 WORD。',
  ),
  ja: said(
    ['まもなく期限', '本日期限', 'ご確認', '期限超過', '至急、期限超過', '法的手続き前の最終通知'],
    '停止は WORD と返信。',
  ),
  ko: said(
    ['기한 임박', '오늘 기한', '알림', '연체', '긴급, 연체', '법적 조치 전 최종 통지'],
    '수신 거부: WORD 회신.',
  ),
};
