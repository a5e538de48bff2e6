// The words of messages in Arabic, Hebrew, Hindi, Chinese, Japanese and Korean.

import type { MessagePhrases } from './message-phrases.ts';

export const ar: MessagePhrases = {
  greeting: 'تحية طيبة{% if contact.name %} {{ contact.name }}{% endif %}،',
  itemLine:
    'الفاتورة {{ item.number }} بتاريخ {{ item.issued_on | date }}، تستحق في {{ item.due_on | date }}',
  lateBy: 'مدة التأخير: {{ item.days_late | days }}',
  totalOpen: 'إجمالي المبلغ المفتوح',
  payTo: 'يُرجى الدفع إلى هذا الحساب',
  holder: 'صاحب الحساب',
  attached: {
    one: 'الفاتورة مرفقة.',
    many: 'الفواتير مرفقة.',
  },
  leftOut: {
    before: 'حجمه أكبر من أن يُرفق بهذه الرسالة',
    ask: 'يُرجى الرد علينا وسنرسله بطريقة أخرى.',
  },
  online: 'عرض حسابكم والدفع عبر الإنترنت',
  viewDocument: 'عرض المستند وحفظه عبر الإنترنت',
  alreadyPaid:
    'هل دفعتم بالفعل؟ نرجو إذن تجاهل هذه الرسالة، مع الشكر. إذا مضت على الدفع بضعة أيام فإن ردًا ' +
    'قصيرًا بالتاريخ والمرجع يساعدنا على العثور على دفعتكم.',
  notRight: 'هل هناك خطأ في إحدى الفواتير؟ يكفي الرد على هذه الرسالة وسننظر في الأمر.',
  penalties:
    'يُرجى العلم بأنه قد تُحتسب فوائد وتكاليف تحصيل على المدفوعات المتأخرة، في الحدود التي ينص عليها ' +
    'القانون أو اتفاقنا.',
  regards: 'مع أطيب التحيات',
  invoiceMail: {
    subject: 'فاتورتكم {{ document.number }}',
    opening:
      'شكرًا لتعاملكم معنا. تجدون طيه فاتورتنا {{ document.number }} بتاريخ ' +
      '{{ document.issued_on | date }} بمبلغ {{ document.total | money }}.',
    dueLine: 'تستحق في {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'إشعار الدائن {{ document.number }}',
    opening:
      'تجدون طيه إشعار الدائن {{ document.number }} بتاريخ {{ document.issued_on | date }} بمبلغ ' +
      '{{ document.total | money }}. يُقيَّد المبلغ لصالحكم، ولا يلزمكم دفع أي شيء.',
  },
  statementMail: {
    subject: 'كشف حسابكم في {{ statement.as_of | date }}',
    opening: 'تجدون طيه كشف حسابكم في {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'تستحق في',
    ask: 'للاستفسار:',
  },
};

export const he: MessagePhrases = {
  greeting: 'שלום{% if contact.name %} {{ contact.name }}{% endif %},',
  itemLine: 'חשבונית {{ item.number }} מיום {{ item.issued_on | date }}, לתשלום עד {{ item.due_on | date }}',
  lateBy: 'באיחור של {{ item.days_late | days }}',
  totalOpen: 'סה״כ פתוח',
  payTo: 'נא לשלם לחשבון זה',
  holder: 'בעל החשבון',
  attached: {
    one: 'החשבונית מצורפת.',
    many: 'החשבוניות מצורפות.',
  },
  leftOut: {
    before: 'גדול מדי להודעה זו ולכן לא צורף',
    ask: 'נא להשיב לנו ונשלח בדרך אחרת.',
  },
  online: 'צפייה בחשבון ותשלום מקוון',
  viewDocument: 'צפייה במסמך ושמירתו',
  alreadyPaid:
    'כבר שילמתם? אם כן, נא להתעלם מהודעה זו, ותודה. אם שילמתם לפני יותר מכמה ימים, תשובה קצרה עם ' +
    'התאריך והאסמכתה תעזור לנו למצוא את התשלום.',
  notRight: 'משהו בחשבונית אינו נכון? השיבו להודעה זו ונבדוק זאת.',
  penalties:
    'לתשומת לבכם, על תשלום באיחור עשויים לחול ריבית והוצאות גבייה, ככל שהחוק או ההסכם בינינו קובעים ' +
    'זאת.',
  regards: 'בברכה',
  invoiceMail: {
    subject: 'החשבונית שלכם {{ document.number }}',
    opening:
      'תודה שבחרתם בנו. מצורפת חשבונית {{ document.number }} מיום {{ document.issued_on | date }} על ' +
      'סך {{ document.total | money }}.',
    dueLine: 'מועד התשלום: {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'הודעת הזיכוי שלכם {{ document.number }}',
    opening:
      'מצורפת הודעת זיכוי {{ document.number }} מיום {{ document.issued_on | date }} על סך ' +
      '{{ document.total | money }}. הסכום נזקף לזכותכם; אין צורך לשלם דבר.',
  },
  statementMail: {
    subject: 'דף החשבון שלכם ליום {{ statement.as_of | date }}',
    opening: 'מצורף דף החשבון שלכם ליום {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'לתשלום עד',
    ask: 'שאלות:',
  },
};

export const hi: MessagePhrases = {
  greeting: 'नमस्ते{% if contact.name %} {{ contact.name }}{% endif %},',
  itemLine: 'चालान {{ item.number }} दिनांक {{ item.issued_on | date }}, देय तिथि {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} की देरी',
  totalOpen: 'कुल बकाया',
  payTo: 'कृपया इस खाते में भुगतान करें',
  holder: 'खाताधारक',
  attached: {
    one: 'चालान संलग्न है।',
    many: 'चालान संलग्न हैं।',
  },
  leftOut: {
    before: 'इस ईमेल के लिए बहुत बड़ी, इसलिए संलग्न नहीं',
    ask: 'कृपया उत्तर दें, हम इसे दूसरे माध्यम से भेजेंगे।',
  },
  online: 'अपना खाता देखें और ऑनलाइन भुगतान करें',
  viewDocument: 'दस्तावेज़ ऑनलाइन देखें और सहेजें',
  alreadyPaid:
    'क्या आपने भुगतान कर दिया है? तो कृपया इस संदेश पर ध्यान न दें; धन्यवाद। यदि भुगतान को कुछ दिनों ' +
    'से अधिक हो गए हैं, तो दिनांक और संदर्भ के साथ एक छोटा उत्तर हमें उसे खोजने में मदद करेगा।',
  notRight: 'क्या किसी चालान में कुछ ठीक नहीं है? बस इस संदेश का उत्तर दें, हम देखेंगे।',
  penalties:
    'कृपया ध्यान दें कि देर से भुगतान पर ब्याज और वसूली का खर्च लगाया जा सकता है, जहाँ तक कानून या ' +
    'हमारे अनुबंध में इसका प्रावधान है।',
  regards: 'सादर',
  invoiceMail: {
    subject: 'आपका चालान {{ document.number }}',
    opening:
      'आपके सहयोग के लिए धन्यवाद। दिनांक {{ document.issued_on | date }} का हमारा चालान ' +
      '{{ document.number }}, राशि {{ document.total | money }}, संलग्न है।',
    dueLine: 'देय तिथि {{ document.due_on | date }} है।',
  },
  creditMail: {
    subject: 'आपका क्रेडिट नोट {{ document.number }}',
    opening:
      'दिनांक {{ document.issued_on | date }} का हमारा क्रेडिट नोट {{ document.number }}, राशि ' +
      '{{ document.total | money }}, संलग्न है। यह राशि आपके खाते में जमा की गई है; आपको कुछ भुगतान ' +
      'नहीं करना है।',
  },
  statementMail: {
    subject: '{{ statement.as_of | date }} को आपका खाता विवरण',
    opening: '{{ statement.as_of | date }} को आपके खाते का विवरण संलग्न है।',
  },
  notice: {
    due: 'देय तिथि',
    ask: 'प्रश्न:',
  },
};

export const zhHans: MessagePhrases = {
  greeting: '{% if contact.name %}{{ contact.name }}，{% endif %}您好：',
  itemLine: '发票 {{ item.number }}，开具日期 {{ item.issued_on | date }}，到期日 {{ item.due_on | date }}',
  lateBy: '逾期 {{ item.days_late | days }}',
  totalOpen: '未付合计',
  payTo: '请付款至以下账户',
  holder: '户名',
  attached: {
    one: '随信附上发票。',
    many: '随信附上各张发票。',
  },
  leftOut: {
    before: '文件过大，未能随本邮件附上',
    ask: '请回复我们，我们将以其他方式发送。',
  },
  online: '在线查看账户并付款',
  viewDocument: '在线查看并保存单据',
  alreadyPaid: '如您已付款，请忽略本邮件，谢谢。如付款已超过数日，请简短回复付款日期和附言，以便我们查找。',
  notRight: '如发票有任何不符之处，请直接回复本邮件，我们将予以核查。',
  penalties: '请注意，对于逾期付款，在法律或双方约定允许的范围内，可能收取利息及追收费用。',
  regards: '此致敬礼',
  invoiceMail: {
    subject: '您的发票 {{ document.number }}',
    opening:
      '感谢惠顾。随信附上我方 {{ document.issued_on | date }} 开具的发票 {{ document.number }}，金额 ' +
      '{{ document.total | money }}。',
    dueLine: '到期日为 {{ document.due_on | date }}。',
  },
  creditMail: {
    subject: '您的贷项通知单 {{ document.number }}',
    opening:
      '随信附上我方 {{ document.issued_on | date }} 开具的贷项通知单 {{ document.number }}，金额 ' +
      '{{ document.total | money }}。该金额已记入您的账户，您无需付款。',
  },
  statementMail: {
    subject: '截至{{ statement.as_of | date }}的对账单',
    opening: '随信附上贵方账户截至{{ statement.as_of | date }}的对账单。',
  },
  notice: {
    due: '到期日',
    ask: '咨询：',
  },
};

export const zhHant: MessagePhrases = {
  greeting: '{% if contact.name %}{{ contact.name }}，{% endif %}您好：',
  itemLine: '發票 {{ item.number }}，開立日期 {{ item.issued_on | date }}，到期日 {{ item.due_on | date }}',
  lateBy: '逾期 {{ item.days_late | days }}',
  totalOpen: '未付合計',
  payTo: '請付款至以下帳戶',
  holder: '戶名',
  attached: {
    one: '隨信附上發票。',
    many: '隨信附上各張發票。',
  },
  leftOut: {
    before: '檔案過大，未能隨本郵件附上',
    ask: '請回覆我們，我們將以其他方式寄送。',
  },
  online: '線上查看帳戶並付款',
  viewDocument: '線上查看並儲存單據',
  alreadyPaid: '如您已付款，請忽略本郵件，謝謝。如付款已超過數日，請簡短回覆付款日期和附言，以便我們查找。',
  notRight: '如發票有任何不符之處，請直接回覆本郵件，我們將予以核查。',
  penalties: '請注意，對於逾期付款，在法律或雙方約定允許的範圍內，可能收取利息及催收費用。',
  regards: '敬祝商祺',
  invoiceMail: {
    subject: '您的發票 {{ document.number }}',
    opening:
      '感謝惠顧。隨信附上本公司 {{ document.issued_on | date }} 開立的發票 {{ document.number }}，金額 ' +
      '{{ document.total | money }}。',
    dueLine: '到期日為 {{ document.due_on | date }}。',
  },
  creditMail: {
    subject: '您的貸項通知單 {{ document.number }}',
    opening:
      '隨信附上本公司 {{ document.issued_on | date }} 開立的貸項通知單 {{ document.number }}，金額 ' +
      '{{ document.total | money }}。該金額已記入您的帳戶，您無須付款。',
  },
  statementMail: {
    subject: '截至{{ statement.as_of | date }}的對帳單',
    opening: '隨信附上貴方帳戶截至{{ statement.as_of | date }}的對帳單。',
  },
  notice: {
    due: '到期日',
    ask: '洽詢：',
  },
};

export const ja: MessagePhrases = {
  greeting: '{% if contact.name %}{{ contact.name }} 様{% else %}ご担当者様{% endif %}',
  itemLine:
    '請求書 {{ item.number }}（発行日 {{ item.issued_on | date }}、お支払期限 {{ item.due_on | date }}）',
  lateBy: '{{ item.days_late | days }}超過',
  totalOpen: '未払合計',
  payTo: '下記の口座へお支払いください',
  holder: '口座名義',
  attached: {
    one: '請求書を添付しております。',
    many: '請求書一式を添付しております。',
  },
  leftOut: {
    before: '容量が大きいため、本メールに添付しておりません',
    ask: 'ご返信いただければ、別の方法でお送りします。',
  },
  online: 'お取引状況の確認とオンラインでのお支払い',
  viewDocument: '書類をオンラインで確認・保存する',
  alreadyPaid:
    'すでにお支払いいただいている場合は、本メールと行き違いですのでご容赦ください。お支払いから数日以上経過している場合は、お支払日と照会番号をご返信いただけますと確認が容易になります。',
  notRight: '請求書の内容に相違がございましたら、本メールにご返信ください。お調べいたします。',
  penalties:
    'お支払いが遅れた場合、法令または当社との契約の定めるところにより、遅延利息および回収費用を申し受けることがございます。',
  regards: 'よろしくお願いいたします。',
  invoiceMail: {
    subject: '請求書 {{ document.number }} のご送付',
    opening:
      '平素よりお世話になっております。{{ document.issued_on | date }}付の請求書 {{ document.number }}（' +
      '{{ document.total | money }}）をお送りいたします。',
    dueLine: 'お支払期限は{{ document.due_on | date }}です。',
  },
  creditMail: {
    subject: '貸方票 {{ document.number }} のご送付',
    opening:
      '平素よりお世話になっております。{{ document.issued_on | date }}付の貸方票 {{ document.number }}（' +
      '{{ document.total | money }}）をお送りいたします。金額は貴社のお取引に充当いたしますので、お支払いは不要です。',
  },
  statementMail: {
    subject: '残高明細書（{{ statement.as_of | date }}現在）のご送付',
    opening:
      '平素よりお世話になっております。{{ statement.as_of | date }}現在の残高明細書をお送りいたします。',
  },
  notice: {
    due: 'お支払期限',
    ask: 'お問い合わせ：',
  },
};

export const ko: MessagePhrases = {
  greeting: '{% if contact.name %}{{ contact.name }}님, {% endif %}안녕하십니까?',
  itemLine:
    '청구서 {{ item.number }} (발행일 {{ item.issued_on | date }}, 지급 기한 {{ item.due_on | date }})',
  lateBy: '{{ item.days_late | days }} 연체',
  totalOpen: '미지급 합계',
  payTo: '아래 계좌로 지급해 주시기 바랍니다',
  holder: '예금주',
  attached: {
    one: '청구서를 첨부합니다.',
    many: '청구서들을 첨부합니다.',
  },
  leftOut: {
    before: '용량이 커서 이 메일에 첨부하지 못했습니다',
    ask: '회신해 주시면 다른 방법으로 보내 드리겠습니다.',
  },
  online: '계정 조회 및 온라인 결제',
  viewDocument: '문서를 온라인으로 보고 저장하기',
  alreadyPaid:
    '이미 지급하셨다면 이 메일은 무시해 주시기 바라며, 감사드립니다. 지급하신 지 며칠이 지났다면 지급일과 참조번호를 간단히 회신해 주시면 확인에 도움이 됩니다.',
  notRight: '청구서에 잘못된 점이 있습니까? 이 메일에 회신해 주시면 확인하겠습니다.',
  penalties:
    '지급이 늦어지는 경우 법률 또는 당사와의 약정이 정하는 범위에서 이자와 추심 비용이 청구될 수 있음을 알려 드립니다.',
  regards: '감사합니다.',
  invoiceMail: {
    subject: '귀사 청구서 {{ document.number }}',
    opening:
      '거래해 주셔서 감사합니다. {{ document.issued_on | date }} 자 당사 청구서 {{ document.number }} (' +
      '{{ document.total | money }})을 첨부합니다.',
    dueLine: '지급 기한은 {{ document.due_on | date }}입니다.',
  },
  creditMail: {
    subject: '귀사 대변표 {{ document.number }}',
    opening:
      '{{ document.issued_on | date }} 자 당사 대변표 {{ document.number }} ({{ document.total | money }})를 ' +
      '첨부합니다. 해당 금액은 귀사 계정에 입금 처리되며, 지급하실 금액은 없습니다.',
  },
  statementMail: {
    subject: '{{ statement.as_of | date }} 현재 거래 명세서',
    opening: '{{ statement.as_of | date }} 현재 귀사 계정의 거래 명세서를 첨부합니다.',
  },
  notice: {
    due: '지급 기한',
    ask: '문의:',
  },
};
