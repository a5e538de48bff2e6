// The last message before a claim goes to lawyers, an agency or a court, in every language we write: it says so in so many words,
// leaves seven days, and names no cost, rate or court, which are facts and not phrases.

import type { DocumentLanguage } from '#printing/language.ts';
import type { PhasePhrases } from './reminder-phrases.ts';

const INVOICE = '{{ items[0].number }}';
const COMPANY = '{{ company.name }}';

/** Subject and first sentence about one invoice and about several, and what is said about both. */
type Said = {
  readonly one: readonly [subject: string, still: string];
  readonly many: readonly [subject: string, still: string];
  readonly rest: string;
  /** Between two sentences; nothing where the language writes none. */
  readonly gap?: '';
};

function said({ one, many, rest, gap = ' ' as '' }: Said): PhasePhrases {
  return {
    subject: { one: one[0], many: many[0] },
    opening: { one: `${one[1]}${gap}${rest}`, many: `${many[1]}${gap}${rest}` },
  };
}

/** The phrases, by language. */
export const LEGAL_PHRASES: Readonly<Record<DocumentLanguage, PhasePhrases>> = {
  en: said({
    one: [
      `Last notice before legal action: invoice ${INVOICE}`,
      'The following invoice has still not been paid.',
    ],
    many: [
      `Last notice before legal action: invoices from ${COMPANY}`,
      'The following invoices have still not been paid.',
    ],
    rest:
      'Please pay what is due within seven days of the date of this message. Otherwise we intend to have the claim ' +
      'enforced by legal means, which may cause further costs. If something speaks against it, please contact us now.',
  }),
  de: said({
    one: [
      `Letzte Mahnung vor rechtlichen Schritten: Rechnung ${INVOICE}`,
      'die folgende Rechnung ist noch immer nicht bezahlt.',
    ],
    many: [
      `Letzte Mahnung vor rechtlichen Schritten: Rechnungen von ${COMPANY}`,
      'die folgenden Rechnungen sind noch immer nicht bezahlt.',
    ],
    rest:
      'Bitte zahlen Sie den fälligen Betrag binnen sieben Tagen nach dem Datum dieser Nachricht. Andernfalls beabsichtigen ' +
      'wir, die Forderung rechtlich durchzusetzen, wodurch weitere Kosten entstehen können. Wenn etwas dagegen spricht, ' +
      'melden Sie sich bitte jetzt.',
  }),
  fr: said({
    one: [
      `Dernier avis avant action en justice : facture ${INVOICE}`,
      'La facture suivante n’est toujours pas réglée.',
    ],
    many: [
      `Dernier avis avant action en justice : factures de ${COMPANY}`,
      'Les factures suivantes ne sont toujours pas réglées.',
    ],
    rest:
      'Merci de régler le montant échu dans les sept jours suivant la date de ce message. À défaut, nous envisageons de ' +
      'recouvrer la créance par voie de droit, ce qui peut entraîner des frais supplémentaires. Si quelque chose s’y oppose, ' +
      'contactez-nous dès maintenant.',
  }),
  cs: said({
    one: [
      `Poslední výzva před právními kroky: faktura ${INVOICE}`,
      'následující faktura stále není uhrazena.',
    ],
    many: [
      `Poslední výzva před právními kroky: faktury od ${COMPANY}`,
      'následující faktury stále nejsou uhrazeny.',
    ],
    rest:
      'Uhraďte prosím splatnou částku do sedmi dnů od data této zprávy. Jinak zamýšlíme pohledávku vymáhat právní cestou, ' +
      'což může znamenat další náklady. Pokud něco hovoří proti tomu, ozvěte se nám prosím hned.',
  }),
  es: said({
    one: [
      `Último aviso antes de acciones legales: factura ${INVOICE}`,
      'La siguiente factura sigue sin pagarse.',
    ],
    many: [
      `Último aviso antes de acciones legales: facturas de ${COMPANY}`,
      'Las siguientes facturas siguen sin pagarse.',
    ],
    rest:
      'Le rogamos que pague lo vencido en los siete días siguientes a la fecha de este mensaje. De lo contrario, tenemos la ' +
      'intención de reclamar la deuda por vía legal, lo que puede ocasionar más gastos. Si algo se opone a ello, póngase en ' +
      'contacto con nosotros ahora.',
  }),
  it: said({
    one: [
      `Ultimo avviso prima di azioni legali: fattura ${INVOICE}`,
      'la seguente fattura non è ancora stata pagata.',
    ],
    many: [
      `Ultimo avviso prima di azioni legali: fatture di ${COMPANY}`,
      'le seguenti fatture non sono ancora state pagate.',
    ],
    rest:
      'La preghiamo di pagare quanto scaduto entro sette giorni dalla data di questo messaggio. In caso contrario intendiamo ' +
      'far valere il credito per vie legali, con possibili ulteriori spese. Se qualcosa vi si oppone, ci contatti subito.',
  }),
  pt: said({
    one: [`Último aviso antes de ação legal: fatura ${INVOICE}`, 'A fatura seguinte continua por pagar.'],
    many: [
      `Último aviso antes de ação legal: faturas de ${COMPANY}`,
      'As faturas seguintes continuam por pagar.',
    ],
    rest:
      'Pedimos que pague o valor vencido no prazo de sete dias a contar da data desta mensagem. Caso contrário, tencionamos ' +
      'exigir o crédito por via legal, o que pode causar mais custos. Se algo o impedir, contacte-nos já.',
  }),
  ro: said({
    one: [
      `Ultima notificare înaintea demersurilor legale: factura ${INVOICE}`,
      'Următoarea factură este în continuare neachitată.',
    ],
    many: [
      `Ultima notificare înaintea demersurilor legale: facturi de la ${COMPANY}`,
      'Următoarele facturi sunt în continuare neachitate.',
    ],
    rest:
      'Vă rugăm să achitați suma scadentă în șapte zile de la data acestui mesaj. În caz contrar intenționăm să recuperăm ' +
      'creanța pe cale legală, ceea ce poate aduce costuri suplimentare. Dacă există un motiv împotrivă, vă rugăm să ne ' +
      'contactați acum.',
  }),
  nl: said({
    one: [
      `Laatste aanmaning vóór juridische stappen: factuur ${INVOICE}`,
      'De volgende factuur is nog steeds niet betaald.',
    ],
    many: [
      `Laatste aanmaning vóór juridische stappen: facturen van ${COMPANY}`,
      'De volgende facturen zijn nog steeds niet betaald.',
    ],
    rest:
      'Wij verzoeken u het vervallen bedrag binnen zeven dagen na de datum van dit bericht te betalen. Anders zijn wij van plan ' +
      'de vordering langs juridische weg te innen, wat verdere kosten kan meebrengen. Is er iets wat daartegen pleit, neem dan ' +
      'nu contact met ons op.',
  }),
  sv: said({
    one: [
      `Sista krav före rättsliga åtgärder: faktura ${INVOICE}`,
      'Följande faktura är fortfarande obetald.',
    ],
    many: [
      `Sista krav före rättsliga åtgärder: fakturor från ${COMPANY}`,
      'Följande fakturor är fortfarande obetalda.',
    ],
    rest:
      'Vänligen betala det förfallna beloppet inom sju dagar från datumet för detta meddelande. Annars avser vi att driva in ' +
      'fordran på rättslig väg, vilket kan medföra ytterligare kostnader. Om något talar emot det, kontakta oss nu.',
  }),
  da: said({
    one: [`Sidste varsel før retlige skridt: faktura ${INVOICE}`, 'Følgende faktura er stadig ikke betalt.'],
    many: [
      `Sidste varsel før retlige skridt: fakturaer fra ${COMPANY}`,
      'Følgende fakturaer er stadig ikke betalt.',
    ],
    rest:
      'Betal venligst det forfaldne beløb inden syv dage fra datoen på denne meddelelse. Ellers agter vi at inddrive kravet ad ' +
      'retlig vej, hvilket kan medføre yderligere omkostninger. Hvis noget taler imod det, så kontakt os nu.',
  }),
  nb: said({
    one: [
      `Siste varsel før rettslige skritt: faktura ${INVOICE}`,
      'Følgende faktura er fortsatt ikke betalt.',
    ],
    many: [
      `Siste varsel før rettslige skritt: fakturaer fra ${COMPANY}`,
      'Følgende fakturaer er fortsatt ikke betalt.',
    ],
    rest:
      'Vennligst betal det forfalte beløpet innen sju dager fra datoen på denne meldingen. Ellers har vi til hensikt å inndrive ' +
      'kravet rettslig, noe som kan medføre ytterligere kostnader. Hvis noe taler imot det, ta kontakt med oss nå.',
  }),
  fi: said({
    one: [
      `Viimeinen huomautus ennen oikeustoimia: lasku ${INVOICE}`,
      'Seuraava lasku on edelleen maksamatta.',
    ],
    many: [
      `Viimeinen huomautus ennen oikeustoimia: laskut, ${COMPANY}`,
      'Seuraavat laskut ovat edelleen maksamatta.',
    ],
    rest:
      'Pyydämme maksamaan erääntyneen summan seitsemän päivän kuluessa tämän viestin päiväyksestä. Muutoin aiomme periä saatavan ' +
      'oikeusteitse, mistä voi aiheutua lisäkuluja. Jos jokin puhuu tätä vastaan, ottakaa meihin nyt yhteyttä.',
  }),
  et: said({
    one: [`Viimane hoiatus enne õiguslikke samme: arve ${INVOICE}`, 'Järgmine arve on endiselt tasumata.'],
    many: [
      `Viimane hoiatus enne õiguslikke samme: arved, ${COMPANY}`,
      'Järgmised arved on endiselt tasumata.',
    ],
    rest:
      'Palume tasuda tähtaja ületanud summa seitsme päeva jooksul selle teate kuupäevast. Muul juhul kavatseme nõude õiguslikul ' +
      'teel sisse nõuda, millega võivad kaasneda lisakulud. Kui midagi räägib selle vastu, võtke meiega nüüd ühendust.',
  }),
  pl: said({
    one: [
      `Ostateczne wezwanie przed krokami prawnymi: faktura ${INVOICE}`,
      'poniższa faktura nadal nie została opłacona.',
    ],
    many: [
      `Ostateczne wezwanie przed krokami prawnymi: faktury od ${COMPANY}`,
      'poniższe faktury nadal nie zostały opłacone.',
    ],
    rest:
      'Prosimy o zapłatę zaległej kwoty w ciągu siedmiu dni od daty tej wiadomości. W przeciwnym razie zamierzamy dochodzić ' +
      'należności na drodze prawnej, co może spowodować dalsze koszty. Jeśli coś temu przeczy, prosimy o kontakt już teraz.',
  }),
  sk: said({
    one: [
      `Posledná výzva pred právnymi krokmi: faktúra ${INVOICE}`,
      'nasledujúca faktúra stále nie je uhradená.',
    ],
    many: [
      `Posledná výzva pred právnymi krokmi: faktúry od ${COMPANY}`,
      'nasledujúce faktúry stále nie sú uhradené.',
    ],
    rest:
      'Uhraďte, prosím, splatnú sumu do siedmich dní od dátumu tejto správy. Inak zamýšľame pohľadávku vymáhať právnou cestou, ' +
      'čo môže znamenať ďalšie náklady. Ak niečo hovorí proti tomu, ozvite sa nám, prosím, hneď.',
  }),
  sl: said({
    one: [`Zadnji opomin pred pravnimi koraki: račun ${INVOICE}`, 'naslednji račun še vedno ni plačan.'],
    many: [
      `Zadnji opomin pred pravnimi koraki: računi izdajatelja ${COMPANY}`,
      'naslednji računi še vedno niso plačani.',
    ],
    rest:
      'Prosimo, plačajte zapadli znesek v sedmih dneh od datuma tega sporočila. Sicer nameravamo terjatev izterjati po pravni ' +
      'poti, kar lahko povzroči dodatne stroške. Če kaj govori proti temu, se nam oglasite zdaj.',
  }),
  hr: said({
    one: [
      `Posljednja opomena prije pravnih koraka: račun ${INVOICE}`,
      'sljedeći račun još uvijek nije plaćen.',
    ],
    many: [
      `Posljednja opomena prije pravnih koraka: računi izdavatelja ${COMPANY}`,
      'sljedeći računi još uvijek nisu plaćeni.',
    ],
    rest:
      'Molimo platite dospjeli iznos u roku od sedam dana od datuma ove poruke. U protivnom namjeravamo potraživanje naplatiti ' +
      'pravnim putem, što može izazvati daljnje troškove. Ako nešto govori protiv toga, javite nam se sada.',
  }),
  bg: said({
    one: [
      `Последно предизвестие преди правни действия: фактура ${INVOICE}`,
      'Следната фактура все още не е платена.',
    ],
    many: [
      `Последно предизвестие преди правни действия: фактури от ${COMPANY}`,
      'Следните фактури все още не са платени.',
    ],
    rest:
      'Моля, платете дължимата сума в срок от седем дни от датата на това съобщение. В противен случай възнамеряваме да съберем ' +
      'вземането по правен път, което може да доведе до допълнителни разходи. Ако нещо е против това, свържете се с нас сега.',
  }),
  uk: said({
    one: [
      `Останнє попередження перед правовими діями: рахунок ${INVOICE}`,
      'Наведений нижче рахунок досі не оплачено.',
    ],
    many: [
      `Останнє попередження перед правовими діями: рахунки від ${COMPANY}`,
      'Наведені нижче рахунки досі не оплачено.',
    ],
    rest:
      'Будь ласка, сплатіть прострочену суму протягом семи днів від дати цього повідомлення. Інакше ми маємо намір стягнути борг ' +
      'у правовий спосіб, що може спричинити додаткові витрати. Якщо щось суперечить цьому, зв’яжіться з нами зараз.',
  }),
  hu: said({
    one: [
      `Utolsó felszólítás jogi lépések előtt: ${INVOICE} számú számla`,
      'Az alábbi számla továbbra sincs kifizetve.',
    ],
    many: [
      `Utolsó felszólítás jogi lépések előtt: számlák – ${COMPANY}`,
      'Az alábbi számlák továbbra sincsenek kifizetve.',
    ],
    rest:
      'Kérjük, a lejárt összeget ezen üzenet keltétől számított hét napon belül fizessék ki. Ellenkező esetben a követelést jogi ' +
      'úton kívánjuk érvényesíteni, ami további költségekkel járhat. Ha valami ez ellen szól, kérjük, most vegyék fel velünk a ' +
      'kapcsolatot.',
  }),
  el: said({
    one: [
      `Τελευταία ειδοποίηση πριν από νομικές ενέργειες: τιμολόγιο ${INVOICE}`,
      'Το ακόλουθο τιμολόγιο παραμένει απλήρωτο.',
    ],
    many: [
      `Τελευταία ειδοποίηση πριν από νομικές ενέργειες: τιμολόγια – ${COMPANY}`,
      'Τα ακόλουθα τιμολόγια παραμένουν απλήρωτα.',
    ],
    rest:
      'Παρακαλούμε πληρώστε το ληξιπρόθεσμο ποσό εντός επτά ημερών από την ημερομηνία αυτού του μηνύματος. Διαφορετικά ' +
      'προτιθέμεθα να διεκδικήσουμε την απαίτηση δικαστικώς, κάτι που μπορεί να προκαλέσει περαιτέρω έξοδα. Αν κάτι συνηγορεί ' +
      'κατά, επικοινωνήστε τώρα μαζί μας.',
  }),
  lv: said({
    one: [
      `Pēdējais brīdinājums pirms tiesiskām darbībām: rēķins ${INVOICE}`,
      'Šāds rēķins joprojām nav apmaksāts.',
    ],
    many: [
      `Pēdējais brīdinājums pirms tiesiskām darbībām: rēķini – ${COMPANY}`,
      'Šādi rēķini joprojām nav apmaksāti.',
    ],
    rest:
      'Lūdzu, samaksājiet kavēto summu septiņu dienu laikā no šī ziņojuma datuma. Pretējā gadījumā esam nodomājuši prasījumu ' +
      'piedzīt tiesiskā ceļā, kas var radīt papildu izmaksas. Ja kaut kas ir pret to, lūdzu, sazinieties ar mums jau tagad.',
  }),
  lt: said({
    one: [
      `Paskutinis įspėjimas prieš teisinius veiksmus: sąskaita faktūra ${INVOICE}`,
      'Ši sąskaita faktūra vis dar neapmokėta.',
    ],
    many: [
      `Paskutinis įspėjimas prieš teisinius veiksmus: sąskaitos faktūros – ${COMPANY}`,
      'Šios sąskaitos faktūros vis dar neapmokėtos.',
    ],
    rest:
      'Prašome sumokėti pradelstą sumą per septynias dienas nuo šio pranešimo datos. Priešingu atveju ketiname skolą išieškoti ' +
      'teisiniu keliu, o tai gali sukelti papildomų išlaidų. Jei kas nors tam prieštarauja, susisiekite su mumis dabar.',
  }),
  tr: said({
    one: [
      `Yasal işlemden önce son bildirim: ${INVOICE} numaralı fatura`,
      'Aşağıdaki fatura hâlâ ödenmemiştir.',
    ],
    many: [
      `Yasal işlemden önce son bildirim: faturalar – ${COMPANY}`,
      'Aşağıdaki faturalar hâlâ ödenmemiştir.',
    ],
    rest:
      'Lütfen vadesi geçen tutarı bu iletinin tarihinden itibaren yedi gün içinde ödeyin. Aksi hâlde alacağı yasal yoldan tahsil ' +
      'etmek niyetindeyiz; bu, ek masraflara yol açabilir. Buna karşı bir husus varsa lütfen şimdi bizimle iletişime geçin.',
  }),
  ar: said({
    one: [`إشعار أخير قبل الإجراءات القانونية: الفاتورة ${INVOICE}`, 'لم تُسدد الفاتورة التالية حتى الآن.'],
    many: [`إشعار أخير قبل الإجراءات القانونية: فواتير من ${COMPANY}`, 'لم تُسدد الفواتير التالية حتى الآن.'],
    rest:
      'نرجو سداد المبلغ المستحق خلال سبعة أيام من تاريخ هذه الرسالة. وإلا فإننا نعتزم المطالبة بالدين بالطرق القانونية، مما قد يترتب عليه ' +
      'تكاليف إضافية. إذا كان هناك ما يحول دون ذلك فنرجو التواصل معنا الآن.',
  }),
  he: said({
    one: [`הודעה אחרונה לפני הליכים משפטיים: חשבונית ${INVOICE}`, 'החשבונית הבאה עדיין לא שולמה.'],
    many: [`הודעה אחרונה לפני הליכים משפטיים: חשבוניות מאת ${COMPANY}`, 'החשבוניות הבאות עדיין לא שולמו.'],
    rest:
      'נא לשלם את הסכום שמועדו עבר בתוך שבעה ימים מתאריך הודעה זו. אחרת בכוונתנו לגבות את החוב בדרך משפטית, והדבר עלול לגרום להוצאות ' +
      'נוספות. אם יש דבר המונע זאת, נא ליצור עמנו קשר עכשיו.',
  }),
  hi: said({
    one: [`कानूनी कार्रवाई से पहले अंतिम सूचना: चालान ${INVOICE}`, 'निम्नलिखित चालान का भुगतान अब तक नहीं हुआ है।'],
    many: [`कानूनी कार्रवाई से पहले अंतिम सूचना: ${COMPANY} के चालान`, 'निम्नलिखित चालानों का भुगतान अब तक नहीं हुआ है।'],
    rest:
      'कृपया इस संदेश की तारीख से सात दिनों के भीतर देय राशि का भुगतान करें। अन्यथा हम कानूनी माध्यम से वसूली करने का विचार रखते हैं, ' +
      'जिससे और लागत आ सकती है। यदि इसके विरुद्ध कोई कारण हो, तो कृपया अभी हमसे संपर्क करें।',
  }),
  'zh-Hans': said({
    one: [`采取法律行动前的最后通知：发票 ${INVOICE}`, '以下发票至今仍未付清。'],
    many: [`采取法律行动前的最后通知：${COMPANY} 的发票`, '以下各张发票至今仍未付清。'],
    rest: '请自本函日期起七日内支付逾期金额。否则我方拟通过法律途径追讨该款项，由此可能产生更多费用。如有异议，请即与我们联系。',
    gap: '',
  }),
  'zh-Hant': said({
    one: [`採取法律行動前的最後通知：發票 ${INVOICE}`, '以下發票至今仍未付清。'],
    many: [`採取法律行動前的最後通知：${COMPANY} 的發票`, '以下各張發票至今仍未付清。'],
    rest: '請自本函日期起七日內支付逾期金額。否則我方擬循法律途徑追討該款項，由此可能產生更多費用。如有異議，請即與我們聯絡。',
    gap: '',
  }),
  ja: said({
    one: [
      `法的手続き前の最終通知：請求書 ${INVOICE}`,
      '下記の請求書は、いまだお支払いいただいておりません。',
    ],
    many: [
      `法的手続き前の最終通知：${COMPANY} の請求書`,
      '下記の各請求書は、いまだお支払いいただいておりません。',
    ],
    rest:
      '本書の日付から七日以内に、期限を過ぎた金額をお支払いくださいますようお願いいたします。お支払いのない場合は、法的手段により請求する所存で' +
      'あり、追加の費用が生じることがあります。ご事情がある場合は、すぐにご連絡ください。',
    gap: '',
  }),
  ko: said({
    one: [`법적 조치 전 최종 통지: 청구서 ${INVOICE}`, '아래 청구서가 아직 지급되지 않았습니다.'],
    many: [`법적 조치 전 최종 통지: ${COMPANY} 청구서`, '아래 청구서들이 아직 지급되지 않았습니다.'],
    rest:
      '이 통지의 날짜로부터 칠 일 이내에 기한이 지난 금액을 지급해 주시기 바랍니다. 그렇지 않으면 법적 수단으로 채권을 추심할 예정이며, 이로 인해 추가 ' +
      '비용이 발생할 수 있습니다. 이의가 있으시면 지금 바로 연락해 주시기 바랍니다.',
  }),
};
