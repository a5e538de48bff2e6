// The words of messages in Spanish, Italian, Portuguese and Romanian.

import type { MessagePhrases } from './message-phrases.ts';

export const es: MessagePhrases = {
  greeting: 'Buenos días{% if contact.name %} {{ contact.name }}{% endif %}:',
  itemLine: 'Factura {{ item.number }} del {{ item.issued_on | date }}, vencimiento {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} de retraso',
  totalOpen: 'Total pendiente',
  payTo: 'Le rogamos que pague a esta cuenta',
  holder: 'Titular',
  attached: {
    one: 'Adjuntamos la factura.',
    many: 'Adjuntamos las facturas.',
  },
  leftOut: {
    before: 'Demasiado grande para este correo y por eso no adjunto',
    ask: 'Respóndanos y se lo enviaremos por otra vía.',
  },
  online: 'Ver su cuenta y pagar en línea',
  viewDocument: 'Ver y guardar el documento en línea',
  alreadyPaid:
    '¿Ya ha pagado? En ese caso, no tenga en cuenta este mensaje; muchas gracias. Si pagó hace más ' +
    'de unos días, una breve respuesta con la fecha y la referencia nos ayudará a encontrar su pago.',
  notRight: '¿Hay algo incorrecto en una factura? Responda a este mensaje y lo revisaremos.',
  penalties:
    'Tenga en cuenta que los pagos atrasados pueden dar lugar a intereses y costes de cobro, en la ' +
    'medida en que lo prevean la ley o nuestro acuerdo.',
  regards: 'Un cordial saludo',
  invoiceMail: {
    subject: 'Su factura {{ document.number }}',
    opening:
      'Gracias por su confianza. Adjuntamos nuestra factura {{ document.number }} del ' +
      '{{ document.issued_on | date }} por {{ document.total | money }}.',
    dueLine: 'Vence el {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'Su factura rectificativa {{ document.number }}',
    opening:
      'Adjuntamos nuestra factura rectificativa {{ document.number }} del ' +
      '{{ document.issued_on | date }} por {{ document.total | money }}. El importe se abona en su ' +
      'cuenta; no tiene que pagar nada.',
  },
  statementMail: {
    subject: 'Su estado de cuenta a {{ statement.as_of | date }}',
    opening: 'Adjuntamos el estado de su cuenta a {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'vence el',
    ask: 'Consultas:',
  },
};

export const it: MessagePhrases = {
  greeting: 'Buongiorno{% if contact.name %} {{ contact.name }}{% endif %},',
  itemLine: 'Fattura {{ item.number }} del {{ item.issued_on | date }}, scadenza {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} di ritardo',
  totalOpen: 'Totale da pagare',
  payTo: 'La preghiamo di pagare su questo conto',
  holder: 'Intestatario',
  attached: {
    one: 'La fattura è allegata.',
    many: 'Le fatture sono allegate.',
  },
  leftOut: {
    before: 'Troppo grande per questa e-mail e quindi non allegato',
    ask: 'Ci risponda e lo invieremo in altro modo.',
  },
  online: 'Consultare il conto e pagare online',
  viewDocument: 'Vedere e salvare il documento online',
  alreadyPaid:
    'Ha già pagato? In tal caso non tenga conto di questo messaggio; grazie. Se il pagamento risale ' +
    'a diversi giorni fa, una breve risposta con data e causale ci aiuta a trovarlo.',
  notRight: 'Qualcosa non torna in una fattura? Risponda a questo messaggio e verificheremo.',
  penalties:
    'Le ricordiamo che in caso di ritardo di pagamento possono essere addebitati interessi e costi ' +
    'di recupero, nella misura prevista dalla legge o dal nostro accordo.',
  regards: 'Cordiali saluti',
  invoiceMail: {
    subject: 'La Sua fattura {{ document.number }}',
    opening:
      'grazie per la fiducia. In allegato trova la nostra fattura {{ document.number }} del ' +
      '{{ document.issued_on | date }} di {{ document.total | money }}.',
    dueLine: 'Scade il {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'La Sua nota di credito {{ document.number }}',
    opening:
      'in allegato trova la nostra nota di credito {{ document.number }} del ' +
      '{{ document.issued_on | date }} di {{ document.total | money }}. L’importo Le viene ' +
      'accreditato; non deve pagare nulla.',
  },
  statementMail: {
    subject: 'Il Suo estratto conto al {{ statement.as_of | date }}',
    opening: 'in allegato trova l’estratto del Suo conto al {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'scadenza',
    ask: 'Domande:',
  },
};

export const pt: MessagePhrases = {
  greeting: 'Bom dia{% if contact.name %} {{ contact.name }}{% endif %},',
  itemLine: 'Fatura {{ item.number }} de {{ item.issued_on | date }}, vencimento {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} de atraso',
  totalOpen: 'Total em aberto',
  payTo: 'Agradecemos o pagamento para esta conta',
  holder: 'Titular',
  attached: {
    one: 'A fatura segue em anexo.',
    many: 'As faturas seguem em anexo.',
  },
  leftOut: {
    before: 'Demasiado grande para este e-mail e por isso não anexado',
    ask: 'Responda-nos e enviaremos por outra via.',
  },
  online: 'Consultar a sua conta e pagar online',
  viewDocument: 'Ver e guardar o documento online',
  alreadyPaid:
    'Já pagou? Nesse caso, ignore esta mensagem; muito obrigado. Se pagou há mais de alguns dias, ' +
    'uma breve resposta com a data e a referência ajuda-nos a encontrar o pagamento.',
  notRight: 'Há algo incorreto numa fatura? Responda a esta mensagem e iremos verificar.',
  penalties:
    'Informamos que os pagamentos em atraso podem implicar juros e custos de cobrança, na medida em ' +
    'que a lei ou o nosso acordo o prevejam.',
  regards: 'Com os melhores cumprimentos',
  invoiceMail: {
    subject: 'A sua fatura {{ document.number }}',
    opening:
      'Obrigado pela sua preferência. Em anexo segue a nossa fatura {{ document.number }} de ' +
      '{{ document.issued_on | date }} no valor de {{ document.total | money }}.',
    dueLine: 'Vence em {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'A sua nota de crédito {{ document.number }}',
    opening:
      'Em anexo segue a nossa nota de crédito {{ document.number }} de {{ document.issued_on | date }} ' +
      'no valor de {{ document.total | money }}. O valor é creditado na sua conta; não tem nada a ' +
      'pagar.',
  },
  statementMail: {
    subject: 'O seu extrato de conta em {{ statement.as_of | date }}',
    opening: 'Em anexo segue o extrato da sua conta em {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'vence em',
    ask: 'Questões:',
  },
};

export const ro: MessagePhrases = {
  greeting: 'Bună ziua{% if contact.name %} {{ contact.name }}{% endif %},',
  itemLine: 'Factura {{ item.number }} din {{ item.issued_on | date }}, scadentă la {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} de întârziere',
  totalOpen: 'Total de plată',
  payTo: 'Vă rugăm să plătiți în acest cont',
  holder: 'Titular',
  attached: {
    one: 'Factura este atașată.',
    many: 'Facturile sunt atașate.',
  },
  leftOut: {
    before: 'Prea mare pentru acest e-mail și de aceea neatașat',
    ask: 'Răspundeți-ne și îl trimitem pe altă cale.',
  },
  online: 'Vedeți contul și plătiți online',
  viewDocument: 'Vedeți și salvați documentul online',
  alreadyPaid:
    'Ați plătit deja? Atunci nu țineți cont de acest mesaj; vă mulțumim. Dacă ați plătit cu mai ' +
    'multe zile în urmă, un scurt răspuns cu data și referința ne ajută să găsim plata.',
  notRight: 'Este ceva greșit într-o factură? Răspundeți la acest mesaj și vom verifica.',
  penalties:
    'Vă rugăm să aveți în vedere că pentru plățile întârziate se pot percepe dobânzi și costuri de ' +
    'recuperare, în măsura prevăzută de lege sau de acordul nostru.',
  regards: 'Cu stimă',
  invoiceMail: {
    subject: 'Factura dumneavoastră {{ document.number }}',
    opening:
      'Vă mulțumim pentru colaborare. Atașat găsiți factura noastră {{ document.number }} din ' +
      '{{ document.issued_on | date }} în valoare de {{ document.total | money }}.',
    dueLine: 'Este scadentă la {{ document.due_on | date }}.',
  },
  creditMail: {
    subject: 'Factura dumneavoastră de storno {{ document.number }}',
    opening:
      'Atașat găsiți factura noastră de storno {{ document.number }} din ' +
      '{{ document.issued_on | date }} în valoare de {{ document.total | money }}. Suma vă este ' +
      'creditată; nu aveți nimic de plătit.',
  },
  statementMail: {
    subject: 'Extrasul dumneavoastră de cont la {{ statement.as_of | date }}',
    opening: 'Atașat găsiți extrasul contului dumneavoastră la {{ statement.as_of | date }}.',
  },
  notice: {
    due: 'scadentă la',
    ask: 'Întrebări:',
  },
};
