// What charges say in Spanish, Italian, Portuguese and Romanian.

import type { ChargeWords } from './charge-words.ts';

export const es: ChargeWords = {
  title: 'Intereses y gastos de demora',
  creditTitle: 'Abono de intereses y gastos',
  through: 'Calculado hasta',
  explained: 'Lo siguiente se pagó con retraso o está vencido. Por ello cargamos:',
  sheet: 'Cálculo de los intereses',
  days: 'Días',
  base: 'Importe pendiente',
  rate: 'Tipo anual',
  interest: 'Intereses',
  dayRange: '{from} a {to}',
  feeTotal: 'Gastos',
  untaxed: 'Los intereses y la indemnización por demora no están sujetos al IVA.',
  rounding:
    'Los intereses se calculan por días sobre el importe pendiente, sin intereses sobre intereses, y se redondean una vez por partida.',
  kinds: {
    interest: 'Intereses de demora',
    fixed_sum: 'Cantidad fija por costes de cobro',
    reminder_fee: 'Gastos de recordatorio',
    return_fee: 'Gastos por pago devuelto',
    correction: 'Corrección de intereses',
    fee_correction: 'Corrección de la cantidad fija',
    waiver: 'Condonado',
  },
  phases: { reminder: 'Recordatorio', demand: 'Requerimiento', final_notice: 'Último aviso' },
  mail: 'Algunos de sus pagos llegaron con retraso o están vencidos. Adjuntamos nuestra liquidación {{ document.number }} del {{ document.issued_on | date }} por {{ document.total | money }}, con el detalle de su cálculo.',
  creditMail:
    'Adjuntamos nuestro abono {{ document.number }} del {{ document.issued_on | date }} por {{ document.total | money }} de intereses y gastos. No tiene que pagar nada.',
};

export const it: ChargeWords = {
  title: 'Interessi e spese di mora',
  creditTitle: 'Accredito di interessi e spese',
  through: 'Calcolato fino al',
  explained: 'Quanto segue è stato pagato in ritardo o è scaduto. Per questo addebitiamo:',
  sheet: 'Calcolo degli interessi',
  days: 'Giorni',
  base: 'Importo aperto',
  rate: 'Tasso annuo',
  interest: 'Interessi',
  dayRange: '{from} – {to}',
  feeTotal: 'Spese',
  untaxed:
    'Gli interessi e il risarcimento per ritardato pagamento sono fuori dal campo di applicazione dell’IVA.',
  rounding:
    'Gli interessi sono calcolati a giorni sull’importo aperto, senza interessi sugli interessi, e arrotondati una volta per partita.',
  kinds: {
    interest: 'Interessi di mora',
    fixed_sum: 'Importo forfettario per costi di recupero',
    reminder_fee: 'Spese di sollecito',
    return_fee: 'Spese per pagamento insoluto',
    correction: 'Rettifica degli interessi',
    fee_correction: 'Rettifica dell’importo forfettario',
    waiver: 'Condonato',
  },
  phases: { reminder: 'Sollecito', demand: 'Messa in mora', final_notice: 'Ultimo avviso' },
  mail: 'alcuni Suoi pagamenti sono arrivati in ritardo o sono scaduti. In allegato trova il nostro conteggio {{ document.number }} del {{ document.issued_on | date }} di {{ document.total | money }}, con il dettaglio del calcolo.',
  creditMail:
    'in allegato trova il nostro accredito {{ document.number }} del {{ document.issued_on | date }} di {{ document.total | money }} per interessi e spese. Non deve pagare nulla.',
};

export const pt: ChargeWords = {
  title: 'Juros e encargos de mora',
  creditTitle: 'Crédito de juros e encargos',
  through: 'Calculado até',
  explained: 'O seguinte foi pago com atraso ou está vencido. Por isso cobramos:',
  sheet: 'Cálculo dos juros',
  days: 'Dias',
  base: 'Valor em aberto',
  rate: 'Taxa anual',
  interest: 'Juros',
  dayRange: '{from} a {to}',
  feeTotal: 'Encargos',
  untaxed: 'Os juros e a indemnização por atraso de pagamento não estão sujeitos a IVA.',
  rounding:
    'Os juros são calculados ao dia sobre o valor em aberto, sem juros sobre juros, e arredondados uma vez por item.',
  kinds: {
    interest: 'Juros de mora',
    fixed_sum: 'Montante fixo por custos de cobrança',
    reminder_fee: 'Encargo de lembrete',
    return_fee: 'Encargo por pagamento devolvido',
    correction: 'Correção de juros',
    fee_correction: 'Correção do montante fixo',
    waiver: 'Perdoado',
  },
  phases: { reminder: 'Lembrete', demand: 'Interpelação', final_notice: 'Último aviso' },
  mail: 'Alguns dos seus pagamentos chegaram com atraso ou estão vencidos. Em anexo enviamos a nossa liquidação {{ document.number }} de {{ document.issued_on | date }} no valor de {{ document.total | money }}, com o detalhe do cálculo.',
  creditMail:
    'Em anexo enviamos o nosso crédito {{ document.number }} de {{ document.issued_on | date }} no valor de {{ document.total | money }} relativo a juros e encargos. Não tem nada a pagar.',
};

export const ro: ChargeWords = {
  title: 'Dobânzi și taxe de întârziere',
  creditTitle: 'Creditare dobânzi și taxe',
  through: 'Calculat până la',
  explained: 'Cele de mai jos au fost plătite cu întârziere sau sunt restante. Pentru ele percepem:',
  sheet: 'Calculul dobânzii',
  days: 'Zile',
  base: 'Sumă restantă',
  rate: 'Rata anuală',
  interest: 'Dobândă',
  dayRange: '{from} – {to}',
  feeTotal: 'Taxe',
  untaxed: 'Dobânzile și despăgubirile pentru întârzierea plății nu intră în sfera de aplicare a TVA.',
  rounding:
    'Dobânda se calculează zilnic la suma restantă, fără dobândă la dobândă, și se rotunjește o dată pentru fiecare poziție.',
  kinds: {
    interest: 'Dobândă de întârziere',
    fixed_sum: 'Sumă fixă pentru costuri de recuperare',
    reminder_fee: 'Taxă de memento',
    return_fee: 'Taxă pentru plată returnată',
    correction: 'Corectarea dobânzii',
    fee_correction: 'Corectarea sumei fixe',
    waiver: 'Scutit',
  },
  phases: { reminder: 'Memento', demand: 'Somație', final_notice: 'Ultim aviz' },
  mail: 'Unele dintre plățile dumneavoastră au sosit cu întârziere sau sunt restante. Anexat găsiți decontul nostru {{ document.number }} din {{ document.issued_on | date }} în valoare de {{ document.total | money }}, cu detaliile calculului.',
  creditMail:
    'Anexat găsiți creditarea noastră {{ document.number }} din {{ document.issued_on | date }} în valoare de {{ document.total | money }} pentru dobânzi și taxe. Nu aveți nimic de plătit.',
};
