// How a message tells what late payment brings by the terms, before it comes: by which rate and from which day on, which sum,
// which fee. In every language; figures are facts and not phrases.

import type { DocumentLanguage } from '#printing/language.ts';

/** A sentence before the list, and what each line is called. */
export type PenaltyPhrases = {
  readonly intro: string;
  readonly interest: string;
  readonly fixedSum: string;
  readonly reminderFee: string;
};

function said(intro: string, interest: string, fixedSum: string, reminderFee: string): PenaltyPhrases {
  return { intro, interest: interest.replace('DAY', '{{ penalties.from | date }}'), fixedSum, reminderFee };
}

/** The phrases, by language. */
export const PENALTY_PHRASES: Readonly<Record<DocumentLanguage, PenaltyPhrases>> = {
  en: said(
    'If payment comes late, our terms provide for:',
    'Interest a year, from DAY on',
    'Fixed sum for recovery costs',
    'Fee for a reminder',
  ),
  de: said(
    'Bei verspäteter Zahlung gilt nach unseren Bedingungen:',
    'Zinsen p. a. ab DAY',
    'Verzugspauschale',
    'Gebühr je Mahnung',
  ),
  fr: said(
    'En cas de retard de paiement, nos conditions prévoient :',
    'Intérêts par an à compter du DAY',
    'Indemnité forfaitaire de recouvrement',
    'Frais par relance',
  ),
  cs: said(
    'Při opožděné platbě naše podmínky stanoví:',
    'Úroky p. a. ode dne DAY',
    'Paušální náhrada nákladů',
    'Poplatek za každou upomínku',
  ),
  es: said(
    'Si el pago se retrasa, nuestras condiciones prevén:',
    'Intereses al año desde el DAY',
    'Cantidad fija por costes de cobro',
    'Gastos por recordatorio',
  ),
  it: said(
    'In caso di ritardo le nostre condizioni prevedono:',
    'Interessi annui dal DAY',
    'Importo forfettario per il recupero',
    'Spese per ogni sollecito',
  ),
  pt: said(
    'Em caso de atraso, as nossas condições preveem:',
    'Juros anuais a partir de DAY',
    'Montante fixo por custos de cobrança',
    'Encargo por lembrete',
  ),
  ro: said(
    'În caz de întârziere, condițiile noastre prevăd:',
    'Dobândă anuală de la DAY',
    'Sumă fixă pentru recuperare',
    'Taxă pentru fiecare memento',
  ),
  nl: said(
    'Bij te late betaling gelden volgens onze voorwaarden:',
    'Rente per jaar vanaf DAY',
    'Vaste vergoeding voor invorderingskosten',
    'Kosten per herinnering',
  ),
  sv: said(
    'Vid sen betalning gäller enligt våra villkor:',
    'Ränta per år från DAY',
    'Förseningsersättning',
    'Avgift per påminnelse',
  ),
  da: said(
    'Ved for sen betaling gælder efter vores betingelser:',
    'Rente pr. år fra DAY',
    'Kompensationsbeløb',
    'Gebyr pr. rykker',
  ),
  nb: said(
    'Ved for sen betaling gjelder etter våre vilkår:',
    'Rente per år fra DAY',
    'Standardkompensasjon',
    'Gebyr per purring',
  ),
  fi: said(
    'Jos maksu viivästyy, ehtojemme mukaan peritään:',
    'Vuosikorko DAY alkaen',
    'Vakiokorvaus perintäkuluista',
    'Maksu muistutuksesta',
  ),
  et: said(
    'Hilinenud makse korral näevad meie tingimused ette:',
    'Viivis aastas alates DAY',
    'Sissenõudmiskulude kindel summa',
    'Tasu meeldetuletuse eest',
  ),
  pl: said(
    'W razie opóźnienia nasze warunki przewidują:',
    'Odsetki rocznie od DAY',
    'Rekompensata kosztów odzyskiwania',
    'Opłata za każde przypomnienie',
  ),
  sk: said(
    'Pri oneskorenej platbe naše podmienky stanovujú:',
    'Úroky p. a. odo dňa DAY',
    'Paušálna náhrada nákladov na vymáhanie',
    'Poplatok za každú upomienku',
  ),
  sl: said(
    'Ob zamudi naši pogoji določajo:',
    'Obresti na leto od DAY',
    'Nadomestilo stroškov izterjave',
    'Strošek vsakega opomina',
  ),
  hr: said(
    'U slučaju kašnjenja naši uvjeti predviđaju:',
    'Kamate godišnje od DAY',
    'Naknada troškova naplate',
    'Naknada po opomeni',
  ),
  bg: said(
    'При забавено плащане условията ни предвиждат:',
    'Лихва годишно от DAY',
    'Фиксирана сума за събиране',
    'Такса за всяко напомняне',
  ),
  uk: said(
    'У разі прострочення наші умови передбачають:',
    'Проценти на рік з DAY',
    'Фіксована сума витрат на стягнення',
    'Збір за кожне нагадування',
  ),
  hu: said(
    'Késedelmes fizetés esetén feltételeink szerint fizetendő:',
    'Kamat évente, DAY napjától',
    'Behajtási költségátalány',
    'Díj felszólításonként',
  ),
  el: said(
    'Σε περίπτωση καθυστέρησης οι όροι μας προβλέπουν:',
    'Τόκοι ετησίως από DAY',
    'Πάγιο ποσό για έξοδα είσπραξης',
    'Έξοδα ανά υπενθύμιση',
  ),
  lv: said(
    'Kavējuma gadījumā mūsu noteikumi paredz:',
    'Procenti gadā no DAY',
    'Fiksēta summa par piedziņu',
    'Maksa par katru atgādinājumu',
  ),
  lt: said(
    'Vėluojant sumokėti, mūsų sąlygos numato:',
    'Metinės palūkanos nuo DAY',
    'Fiksuota išieškojimo išlaidų suma',
    'Mokestis už kiekvieną priminimą',
  ),
  tr: said(
    'Ödeme gecikirse koşullarımız şunu öngörür:',
    'Yıllık faiz, DAY tarihinden itibaren',
    'Tahsil giderleri için sabit tutar',
    'Her hatırlatma için ücret',
  ),
  ar: said(
    'عند تأخر السداد تنص شروطنا على:',
    'فوائد سنوية اعتبارًا من DAY',
    'مبلغ ثابت لتكاليف التحصيل',
    'رسم عن كل تذكير',
  ),
  he: said(
    'בתשלום מאוחר התנאים שלנו קובעים:',
    'ריבית שנתית מ־DAY',
    'סכום קבוע להוצאות גבייה',
    'דמי כל תזכורת',
  ),
  hi: said(
    'भुगतान में देरी होने पर हमारी शर्तों के अनुसार:',
    'वार्षिक ब्याज, DAY से',
    'वसूली लागत की निश्चित राशि',
    'प्रति अनुस्मारक शुल्क',
  ),
  'zh-Hans': said('如逾期付款，按我方条款收取：', '自 DAY 起的年利率', '催收成本固定金额', '每次催款费'),
  'zh-Hant': said('如逾期付款，按我方條款收取：', '自 DAY 起的年利率', '催收成本固定金額', '每次催款費'),
  ja: said(
    'お支払いが遅れた場合、当社の条件により次のとおり申し受けます：',
    'DAY からの年利',
    '回収費用の定額',
    '督促ごとの手数料',
  ),
  ko: said(
    '지급이 지연되면 당사 조건에 따라 다음이 부과됩니다:',
    'DAY부터의 연이율',
    '회수 비용 정액',
    '독촉당 수수료',
  ),
};
