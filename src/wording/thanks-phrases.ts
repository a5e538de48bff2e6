// What is said when somebody paid, in every language we write. Nothing is asked for, and nothing is promised of what comes next.

import type { DocumentLanguage } from '#printing/language.ts';

/** Subject, thanks for the amount and day, and what stands before the list of what is settled by it. */
export type ThanksPhrases = { readonly subject: string; readonly opening: string; readonly settled: string };

function said(subject: string, opening: string, settled: string): ThanksPhrases {
  const facts = opening
    .replace('AMOUNT', '{{ payment.amount | money }}')
    .replace('DAY', '{{ payment.received_on | date }}');
  return { subject, opening: facts, settled };
}

/** The phrases, by language. */
export const THANKS_PHRASES: Readonly<Record<DocumentLanguage, ThanksPhrases>> = {
  en: said(
    'Thank you for your payment',
    'We have received your payment of AMOUNT on DAY. Thank you very much.',
    'Settled by it',
  ),
  de: said(
    'Vielen Dank für Ihre Zahlung',
    'Ihre Zahlung über AMOUNT ist am DAY bei uns eingegangen. Vielen Dank.',
    'Damit ist beglichen',
  ),
  fr: said(
    'Merci pour votre paiement',
    'Nous avons bien reçu votre paiement de AMOUNT le DAY. Nous vous en remercions.',
    'Ainsi réglé',
  ),
  cs: said(
    'Děkujeme za vaši platbu',
    'Vaši platbu AMOUNT jsme přijali dne DAY. Děkujeme.',
    'Tím je uhrazeno',
  ),
  es: said('Gracias por su pago', 'Hemos recibido su pago de AMOUNT el DAY. Muchas gracias.', 'Queda pagado'),
  it: said(
    'Grazie per il pagamento',
    'Abbiamo ricevuto il Suo pagamento di AMOUNT il DAY. La ringraziamo.',
    'Risulta saldato',
  ),
  pt: said(
    'Obrigado pelo seu pagamento',
    'Recebemos o seu pagamento de AMOUNT em DAY. Muito obrigado.',
    'Fica pago',
  ),
  ro: said(
    'Vă mulțumim pentru plată',
    'Am primit plata dumneavoastră de AMOUNT la DAY. Vă mulțumim.',
    'Astfel este achitat',
  ),
  nl: said(
    'Hartelijk dank voor uw betaling',
    'Wij hebben uw betaling van AMOUNT op DAY ontvangen. Hartelijk dank.',
    'Hiermee is voldaan',
  ),
  sv: said(
    'Tack för er betalning',
    'Vi har mottagit er betalning på AMOUNT den DAY. Tack så mycket.',
    'Därmed betalt',
  ),
  da: said(
    'Tak for jeres betaling',
    'Vi har modtaget jeres betaling på AMOUNT den DAY. Mange tak.',
    'Hermed betalt',
  ),
  nb: said(
    'Takk for betalingen',
    'Vi har mottatt betalingen på AMOUNT den DAY. Tusen takk.',
    'Dermed betalt',
  ),
  fi: said(
    'Kiitos maksustanne',
    'Olemme saaneet maksunne AMOUNT, DAY. Paljon kiitoksia.',
    'Maksettu kokonaan',
  ),
  et: said('Täname makse eest', 'Saime teie makse AMOUNT kätte DAY. Suur tänu.', 'Sellega on tasutud'),
  pl: said(
    'Dziękujemy za płatność',
    'Państwa płatność AMOUNT wpłynęła do nas dnia DAY. Dziękujemy.',
    'Tym samym uregulowano',
  ),
  sk: said('Ďakujeme za vašu platbu', 'Vašu platbu AMOUNT sme prijali dňa DAY. Ďakujeme.', 'Tým je uhradené'),
  sl: said('Hvala za plačilo', 'Vaše plačilo AMOUNT smo prejeli DAY. Najlepša hvala.', 'S tem je poravnano'),
  hr: said('Hvala na uplati', 'Vašu uplatu AMOUNT primili smo DAY. Najljepša hvala.', 'Time je podmireno'),
  bg: said(
    'Благодарим за плащането',
    'Получихме плащането ви от AMOUNT на DAY. Благодарим ви.',
    'С него е уредено',
  ),
  uk: said('Дякуємо за оплату', 'Ми отримали ваш платіж AMOUNT DAY. Щиро дякуємо.', 'Цим сплачено'),
  hu: said(
    'Köszönjük a fizetést',
    'AMOUNT összegű fizetésüket DAY napján megkaptuk. Köszönjük.',
    'Ezzel rendezve',
  ),
  el: said(
    'Ευχαριστούμε για την πληρωμή σας',
    'Λάβαμε την πληρωμή σας AMOUNT στις DAY. Ευχαριστούμε πολύ.',
    'Εξοφλήθηκε έτσι',
  ),
  lv: said(
    'Paldies par maksājumu',
    'Esam saņēmuši jūsu maksājumu AMOUNT, DAY. Liels paldies.',
    'Ar to ir samaksāts',
  ),
  lt: said('Dėkojame už mokėjimą', 'Jūsų mokėjimą AMOUNT gavome DAY. Labai dėkojame.', 'Tuo apmokėta'),
  tr: said(
    'Ödemeniz için teşekkürler',
    'AMOUNT tutarındaki ödemenizi DAY tarihinde aldık. Çok teşekkür ederiz.',
    'Böylece ödenmiştir',
  ),
  ar: said('شكرًا لسدادكم', 'استلمنا دفعتكم بمبلغ AMOUNT في DAY. شكرًا جزيلًا لكم.', 'وبذلك سُدد'),
  he: said('תודה על התשלום', 'קיבלנו את תשלומכם בסך AMOUNT ביום DAY. תודה רבה.', 'בכך שולם'),
  hi: said('आपके भुगतान के लिए धन्यवाद', 'हमें आपका AMOUNT का भुगतान DAY को प्राप्त हुआ। बहुत धन्यवाद।', 'इससे चुकाया गया'),
  'zh-Hans': said('感谢您的付款', '我方已于 DAY 收到您的付款 AMOUNT。谢谢。', '由此付清'),
  'zh-Hant': said('感謝您的付款', '我方已於 DAY 收到您的付款 AMOUNT。謝謝。', '由此付清'),
  ja: said(
    'お支払いありがとうございます',
    'DAY に AMOUNT のお支払いを確かに受領いたしました。誠にありがとうございます。',
    'お支払い済み',
  ),
  ko: said(
    '지급해 주셔서 감사합니다',
    'DAY에 AMOUNT 지급을 확인하였습니다. 대단히 감사합니다.',
    '이로써 지급 완료',
  ),
};
