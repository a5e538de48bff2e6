// What invoicing says on paper, in Spanish, Italian, Portuguese and Romanian.

import type { Words } from './document-words.ts';

export const es: Words = {
  takenOver: {
    invoice: 'Factura {number}, importe según se emitió',
    credit_note: 'Nota de abono {number}, importe según se emitió',
  },
  copy: 'Relación de importes; el documento fue emitido por otro sistema.',
  draft: 'BORRADOR',
  voided: 'ANULADO: este documento se anuló el {date}. No hay nada que pagar por él.',
  reason: 'Motivo: {reason}',
  attached: 'Anexos: {files}',
  discountTaken: 'Al pagar se aplicó un descuento de {amount}; este abono se reduce en esa cantidad.',
  untaxed: {
    E: 'Exento de impuestos.',
    AE: 'Inversión del sujeto pasivo.',
    K: 'Entrega intracomunitaria exenta.',
    G: 'Exportación exenta.',
  },
  allowance: 'Descuento',
  charge: 'Recargo',
  percentOf: '{percent} de {base}',
  sellerItem: 'Artículo {id}',
  buyerItem: 'Su artículo {id}',
  orderLine: 'Línea de pedido {id}',
  taxIn: 'Impuesto en {currency}: {amount}.',
  deliveredTo: 'Entregado en {place}',
  references: {
    salesOrder: 'Nuestro pedido',
    contract: 'Contrato',
    project: 'Proyecto',
    despatchAdvice: 'Albarán',
    receivingAdvice: 'Aviso de recepción',
    object: 'Asunto',
  },
};

export const it: Words = {
  takenOver: {
    invoice: 'Fattura {number}, importo come emesso',
    credit_note: 'Nota di credito {number}, importo come emesso',
  },
  copy: 'Riepilogo di importi; il documento è stato emesso da un altro sistema.',
  draft: 'BOZZA',
  voided: 'ANNULLATO: questo documento è stato annullato il {date}. Nulla è dovuto.',
  reason: 'Motivo: {reason}',
  attached: 'Allegati: {files}',
  discountTaken:
    'Al pagamento è stato applicato uno sconto di {amount}; questa nota di credito è ridotta di tale importo.',
  untaxed: {
    E: 'Esente da imposta.',
    AE: 'Inversione contabile.',
    K: 'Cessione intracomunitaria non imponibile.',
    G: 'Esportazione non imponibile.',
  },
  allowance: 'Sconto',
  charge: 'Maggiorazione',
  percentOf: '{percent} di {base}',
  sellerItem: 'Articolo {id}',
  buyerItem: 'Vostro articolo {id}',
  orderLine: 'Riga d’ordine {id}',
  taxIn: 'Imposta in {currency}: {amount}.',
  deliveredTo: 'Consegnato a {place}',
  references: {
    salesOrder: 'Nostro ordine',
    contract: 'Contratto',
    project: 'Progetto',
    despatchAdvice: 'Documento di trasporto',
    receivingAdvice: 'Avviso di ricevimento',
    object: 'Oggetto',
  },
};

export const pt: Words = {
  takenOver: {
    invoice: 'Fatura {number}, valor conforme emitido',
    credit_note: 'Nota de crédito {number}, valor conforme emitido',
  },
  copy: 'Registo de valores; o documento foi emitido por outro sistema.',
  draft: 'RASCUNHO',
  voided: 'ANULADO: este documento foi anulado em {date}. Nada há a pagar.',
  reason: 'Motivo: {reason}',
  attached: 'Anexos: {files}',
  discountTaken:
    'No pagamento foi aplicado um desconto de {amount}; esta nota de crédito é reduzida nesse valor.',
  untaxed: {
    E: 'Isento de imposto.',
    AE: 'IVA – autoliquidação.',
    K: 'Transmissão intracomunitária isenta.',
    G: 'Exportação isenta.',
  },
  allowance: 'Desconto',
  charge: 'Acréscimo',
  percentOf: '{percent} de {base}',
  sellerItem: 'Artigo {id}',
  buyerItem: 'O seu artigo {id}',
  orderLine: 'Linha da encomenda {id}',
  taxIn: 'Imposto em {currency}: {amount}.',
  deliveredTo: 'Entregue em {place}',
  references: {
    salesOrder: 'A nossa encomenda',
    contract: 'Contrato',
    project: 'Projeto',
    despatchAdvice: 'Guia de remessa',
    receivingAdvice: 'Aviso de receção',
    object: 'Assunto',
  },
};

export const ro: Words = {
  takenOver: {
    invoice: 'Factura {number}, suma conform emiterii',
    credit_note: 'Nota de credit {number}, suma conform emiterii',
  },
  copy: 'Evidență de sume; documentul a fost emis de alt sistem.',
  draft: 'CIORNĂ',
  voided: 'ANULAT: acest document a fost anulat la {date}. Nu este nimic de plată.',
  reason: 'Motiv: {reason}',
  attached: 'Anexe: {files}',
  discountTaken:
    'La plată s-a aplicat o reducere de {amount}; această notă de credit este micșorată cu această sumă.',
  untaxed: {
    E: 'Scutit de taxă.',
    AE: 'Taxare inversă.',
    K: 'Livrare intracomunitară scutită.',
    G: 'Export scutit.',
  },
  allowance: 'Reducere',
  charge: 'Adaos',
  percentOf: '{percent} din {base}',
  sellerItem: 'Articol {id}',
  buyerItem: 'Articolul dvs. {id}',
  orderLine: 'Linie de comandă {id}',
  taxIn: 'Taxă în {currency}: {amount}.',
  deliveredTo: 'Livrat la {place}',
  references: {
    salesOrder: 'Comanda noastră',
    contract: 'Contractul',
    project: 'Proiect',
    despatchAdvice: 'Aviz de însoțire',
    receivingAdvice: 'Aviz de recepție',
    object: 'Referitor la',
  },
};
