// Written by `npm run check -- --write` from the migrated database; a guard compares it. Do not edit.

import type { ColumnType } from 'kysely';

type PlainDate = Temporal.PlainDate;
type Instant = Temporal.Instant;
type Json = unknown;
/** A column with a default: it may be left out of a new row. */
type Defaulted<T> = ColumnType<T, T | undefined, T>;

export type DB = {
  account_correction: {
    tenant_id: string;
    id: string;
    company_id: string;
    identity: Uint8Array;
    code: string;
    account: string | null;
    routing: string | null;
    holder: string | null;
    original_trace: string;
    said: string;
    right_account: string | null;
    right_routing: string | null;
    file_name: string;
    recorded_by: string;
    recorded_at: Instant;
  };
  account_correction_end: {
    tenant_id: string;
    correction_id: string;
    kind: string;
    customer_id: string | null;
    account_before: string | null;
    account_after: string | null;
    note: string | null;
    decided_by: string;
    recorded_at: Instant;
  };
  accounting_period: {
    tenant_id: string;
    id: string;
    company_id: string;
    starts_on: PlainDate;
    ends_on: PlainDate;
    locked_at: Instant | null;
    locked_by: string | null;
  };
  address: {
    tenant_id: string;
    id: string;
    customer_id: string;
    kind: string;
    street: string;
    postal_code: string;
    city: string;
    region: string | null;
    country: string;
    created_at: Defaulted<Instant>;
    archived_at: Instant | null;
  };
  agency: {
    tenant_id: string;
    id: string;
    agency_id: string;
    kind: string;
    name: string;
    email: string | null;
    client_number: string | null;
    fees: Json;
    remits: string;
    in_use: boolean;
    stated_by: string;
    recorded_at: Instant;
  };
  agency_columns: {
    tenant_id: string;
    id: string;
    agency_id: string;
    kind: string;
    columns: Json;
    stated_by: string;
    recorded_at: Instant;
  };
  agency_notice: {
    tenant_id: string;
    id: string;
    hand_over_id: string;
    kind: string;
    reason: string | null;
    message_id: string;
    recorded_at: Instant;
  };
  agency_notice_item: {
    tenant_id: string;
    notice_id: string;
    hand_over_id: string;
    item_id: string;
    known_minor: bigint;
  };
  agency_statement: {
    tenant_id: string;
    id: string;
    agency_id: string;
    company_id: string;
    reference: string;
    stated_on: PlainDate;
    currency: string;
    collected_minor: bigint;
    fee_minor: bigint;
    tax_minor: bigint;
    remitted_minor: bigint;
    payment_id: string;
    note: string | null;
    booked_by: string;
    recorded_at: Instant;
  };
  agency_statement_line: {
    tenant_id: string;
    statement_id: string;
    line_no: number;
    hand_over_id: string;
    item_id: string;
    collected_minor: bigint;
    fee_minor: bigint;
    tax_minor: bigint;
    remitted_minor: bigint;
    agreed_fee_minor: bigint;
    agreed_tax_minor: bigint;
  };
  alert_channel: {
    tenant_id: string;
    id: string;
    channel_id: string;
    name: string;
    sealed_url: Uint8Array;
    host: string;
    sealed_key: Uint8Array | null;
    kinds: readonly string[];
    in_use: boolean;
    stated_by: string;
    recorded_at: Instant;
  };
  alert_channel_post: {
    tenant_id: string;
    id: string;
    channel_id: string;
    alerts: Json;
    made_at: Instant;
    claimed_until: Instant;
    tries: number;
    ended_at: Instant | null;
  };
  alert_channel_try: {
    tenant_id: string;
    id: string;
    channel_id: string;
    alerts: number;
    outcome: string;
    words: string;
    recorded_at: Instant;
  };
  alert_notice: {
    tenant_id: string;
    user_id: string;
    kind: string;
    subject: string;
    told_at: Instant;
  };
  alert_setting: {
    tenant_id: string;
    id: string;
    user_id: string;
    hour: number;
    off: readonly string[];
    stated_by: string;
    recorded_at: Instant;
  };
  announcement: {
    tenant_id: string;
    id: string;
    bank_account_id: string;
    origin: string;
    status: string;
    identity: Uint8Array;
    booked_on: PlainDate;
    value_on: PlainDate;
    currency: string;
    amount_minor: bigint;
    bank_reference: string | null;
    batch_message_id: string | null;
    batch_payment_id: string | null;
    message_id: string | null;
    part_count: number;
    file_name: string;
    file_sha256: Uint8Array;
    recorded_by: string;
    recorded_at: Instant;
  };
  announcement_part: {
    tenant_id: string;
    announcement_id: string;
    position: number;
    amount_minor: bigint;
    payer_name: string | null;
    payer_account: string | null;
    end_to_end_id: string | null;
    structured_reference: string | null;
    remittance: string;
    returned: boolean;
    details: Json;
  };
  announcement_use: {
    tenant_id: string;
    announcement_id: string;
    statement_line_id: string;
    recorded_at: Instant;
  };
  api_key: {
    tenant_id: string;
    id: string;
    name: string;
    prefix: string;
    key_hash: Uint8Array;
    role: string;
    created_by: string;
    created_at: Defaulted<Instant>;
    expires_at: Instant | null;
    revoked_at: Instant | null;
    last_used_at: Instant | null;
  };
  application: {
    tenant_id: string;
    id: string;
    company_id: string;
    debit_item_id: string;
    credit_item_id: string;
    currency: string;
    amount_minor: bigint;
    discount_minor: Defaulted<bigint>;
    difference_minor: Defaulted<bigint>;
    debit_functional_minor: bigint;
    credit_functional_minor: bigint;
    method: string;
    evidence: Json | null;
    applied_on: PlainDate;
    recorded_at: Instant;
    entry_id: string;
    reverses_id: string | null;
    discount_tax_minor: Defaulted<bigint>;
    discount_taxes: Json | null;
    difference_kind: Defaulted<string>;
    difference_tax_minor: Defaulted<bigint>;
  };
  applied_write_off: {
    tenant_id: string;
    write_off_id: string;
    payment_id: string;
    recorded_at: Instant;
  };
  applied_write_off_item: {
    tenant_id: string;
    write_off_id: string;
    application_id: string;
  };
  approval: {
    tenant_id: string;
    id: string;
    operation: string;
    kind: string;
    state: string;
    version: number;
    requested_by: string;
    requester_id: string | null;
    customer_id: string | null;
    requested_at: Instant;
    expires_at: Instant;
    waiting_roles: readonly string[];
    command_id: string;
    ended_at: Instant | null;
    outcome: Json | null;
  };
  approval_decision: {
    tenant_id: string;
    approval_id: string;
    version: number;
    decided_by: string;
    on_behalf_of: string | null;
    step: number;
    verdict: string;
    note: string | null;
    content_hash: Uint8Array;
    recorded_at: Instant;
  };
  approval_notice: {
    tenant_id: string;
    approval_id: string;
    version: number;
    user_id: string;
    about: string;
    told_at: Instant;
  };
  approval_notice_setting: {
    tenant_id: string;
    user_id: string;
    mode: string;
    changed_at: Instant;
  };
  approval_policy: {
    tenant_id: string;
    kind: string;
    version: number;
    rules: Json;
    recorded_by: string;
    recorded_at: Instant;
  };
  approval_version: {
    tenant_id: string;
    approval_id: string;
    version: number;
    request: Json;
    matter: Json;
    rehearsal: Json;
    reason: string;
    content_hash: Uint8Array;
    route: Json;
    policy_kind: string | null;
    policy_version: number | null;
    recorded_at: Instant;
  };
  attachment: {
    tenant_id: string;
    id: string;
    draft_id: string | null;
    document_id: string | null;
    sha256: Uint8Array;
    name: string;
    media_type: string;
    bytes: number;
    is_supplement: boolean;
    added_by: string;
    recorded_at: Instant;
    removed_at: Instant | null;
    message_id: string | null;
  };
  attachment_content: {
    tenant_id: string;
    sha256: Uint8Array;
    content: Uint8Array;
    recorded_at: Instant;
  };
  bank_account: {
    tenant_id: string;
    id: string;
    company_id: string;
    name: string;
    account: string;
    currency: string;
    created_at: Defaulted<Instant>;
    csv_profile: Json | null;
  };
  bank_rule: {
    tenant_id: string;
    id: string;
    bank_account_id: string | null;
    text: string;
    direction: string;
    kind: string;
    added_by: string;
    recorded_at: Instant;
    retired_by: string | null;
    retired_at: Instant | null;
  };
  bank_statement: {
    tenant_id: string;
    id: string;
    bank_account_id: string;
    statement_ref: string;
    sequence_no: string | null;
    from_on: PlainDate | null;
    to_on: PlainDate | null;
    currency: string;
    opening_minor: bigint | null;
    closing_minor: bigint | null;
    entries_minor: bigint;
    difference_minor: bigint | null;
    lines: number;
    file_name: string;
    file_sha256: Uint8Array;
    recorded_at: Instant;
  };
  breach: {
    tenant_id: string;
    id: string;
    message_id: string;
    subject_id: string;
    kind: string;
    was_knowable: boolean;
    seen: Json;
    handed_over_at: Instant;
    recorded_at: Instant;
  };
  breach_search: {
    tenant_id: string;
    id: string;
    since: Instant;
    messages: number;
    found: number;
    recorded_at: Instant;
  };
  call: {
    tenant_id: string;
    id: string;
    customer_id: string;
    company_id: string | null;
    direction: string;
    way: string;
    contact_id: string | null;
    spoke_with: string | null;
    number: string | null;
    outcome: string;
    note: string | null;
    next_on: PlainDate | null;
    called_on: PlainDate;
    promise_id: string | null;
    dispute_id: string | null;
    recorded_by: string;
    recorded_at: Instant;
  };
  call_correction: {
    tenant_id: string;
    call_id: string;
    replaced_by: string | null;
    note: string;
    corrected_by: string;
    recorded_at: Instant;
  };
  call_item: {
    tenant_id: string;
    call_id: string;
    item_id: string;
  };
  call_override: {
    tenant_id: string;
    call_id: string;
    bars: Json;
    reason: string;
    decided_by: string;
    recorded_at: Instant;
  };
  charge: {
    tenant_id: string;
    id: string;
    kind: string;
    company_id: string;
    customer_id: string;
    number: string;
    charged_on: PlainDate;
    through_on: PlainDate;
    due_on: PlainDate;
    currency: string;
    interest_minor: bigint;
    fee_minor: bigint;
    total_minor: bigint;
    rate: string;
    functional_minor: bigint;
    tax_category: Defaulted<string>;
    because: string | null;
    reason: string | null;
    corrects_id: string | null;
    recorded_at: Instant;
  };
  charge_exclusion: {
    tenant_id: string;
    id: string;
    item_id: string;
    amount_minor: bigint | null;
    from_on: PlainDate;
    to_on: PlainDate | null;
    reason: string;
    placed_by: string;
    recorded_at: Instant;
    released_at: Instant | null;
    annulled: Defaulted<boolean>;
  };
  charge_fee: {
    tenant_id: string;
    id: string;
    company_id: string;
    customer_id: string;
    message_id: string;
    phase: string;
    currency: string;
    amount_minor: bigint;
    incurred_on: PlainDate;
    recorded_at: Instant;
    version: Defaulted<number>;
  };
  charge_part: {
    tenant_id: string;
    charge_id: string;
    part_no: number;
    kind: string;
    item_id: string | null;
    document_id: string | null;
    fee_id: string | null;
    reference: string;
    from_on: PlainDate | null;
    to_on: PlainDate | null;
    amount_minor: bigint;
    policy_id: string | null;
  };
  charge_policy: {
    tenant_id: string;
    id: string;
    company_id: string;
    customer_id: string | null;
    valid_from: PlainDate;
    terms: Json | null;
    exempt: Defaulted<boolean>;
    recorded_by: string;
    recorded_at: Instant;
  };
  charge_span: {
    tenant_id: string;
    charge_id: string;
    part_no: number;
    line_no: number;
    from_on: PlainDate;
    to_on: PlainDate;
    days: number;
    year_days: number;
    base_minor: bigint;
    percent: string;
    source: string;
    exact: string;
  };
  charge_undo: {
    tenant_id: string;
    charge_id: string;
    undone_on: PlainDate;
    reason: string;
    recorded_at: Instant;
  };
  check_rules: {
    tenant_id: string;
    id: string;
    company_id: string | null;
    customer_id: string | null;
    rules: Json;
    recorded_by: string;
    recorded_at: Instant;
  };
  claim_code: {
    tenant_id: string;
    id: string;
    customer_id: string | null;
    code_key: string;
    reason: string | null;
    recorded_by: string;
    recorded_at: Instant;
  };
  clock_setting: {
    tenant_id: string;
    id: string;
    company_id: string;
    apply_hours: number;
    escalate_hours: number;
    counts: string;
    stated_by: string;
    recorded_at: Instant;
  };
  collector_setting: {
    tenant_id: string;
    id: string;
    user_id: string;
    customers_a_day: number | null;
    substitute_id: string | null;
    away_from: PlainDate | null;
    away_to: PlainDate | null;
    target_calls: number | null;
    target_currency: string | null;
    target_promised_minor: bigint | null;
    target_collected_minor: bigint | null;
    stated_by: string;
    recorded_at: Instant;
    collects: Defaulted<boolean>;
    minutes_a_day: number | null;
  };
  command_log: {
    tenant_id: string;
    id: string;
    name: string;
    input_hash: Uint8Array;
    actor: string;
    result: Json;
    recorded_at: Instant;
  };
  comment: {
    tenant_id: string;
    id: string;
    subject_kind: string;
    subject_id: string;
    customer_id: string | null;
    words: string;
    mentions: readonly string[];
    written_by: string;
    written_at: Instant;
  };
  company: {
    tenant_id: string;
    id: string;
    code: string;
    name: string;
    functional_currency: string;
    country: string;
    language: Defaulted<string>;
    time_zone: Defaulted<string>;
    street: string | null;
    postal_code: string | null;
    city: string | null;
    tax_id: string | null;
    registration_no: string | null;
    bank_name: string | null;
    iban: string | null;
    bic: string | null;
    email: string | null;
    phone: string | null;
    created_at: Defaulted<Instant>;
    reference_scheme: string | null;
    network_address: string | null;
    account_number: string | null;
    routing_number: string | null;
  };
  company_footnote: {
    tenant_id: string;
    company_id: string;
    language: string;
    position: number;
    text: string;
  };
  company_handover: {
    tenant_id: string;
    id: string;
    payment_id: string;
    from_company_id: string;
    to_company_id: string;
    customer_id: string;
    currency: string;
    amount_minor: bigint;
    from_functional_minor: bigint;
    to_functional_minor: bigint;
    handed_on: PlainDate;
    from_item_id: string;
    to_item_id: string;
    from_entry_id: string;
    to_entry_id: string;
    reverses_id: string | null;
    recorded_at: Instant;
  };
  company_look: {
    tenant_id: string;
    company_id: string;
    paper: string;
    address_window: string;
    accent: string;
    font: string;
    marks: boolean;
    logo: Uint8Array | null;
  };
  company_print: {
    tenant_id: string;
    company_id: string;
    second_language: string;
    pay_link: string | null;
    upi_id: string | null;
  };
  consented_application: {
    tenant_id: string;
    application_id: string;
    consent_id: string;
    recorded_at: Instant;
  };
  contact: {
    tenant_id: string;
    id: string;
    customer_id: string;
    name: string;
    role: string;
    email: string | null;
    phone: string | null;
    language: string | null;
    created_at: Defaulted<Instant>;
    archived_at: Instant | null;
  };
  credit_consent: {
    tenant_id: string;
    id: string;
    customer_id: string;
    is_given: boolean;
    said_by: string;
    said_on: PlainDate;
    note: string | null;
    recorded_by: string;
    recorded_at: Instant;
  };
  credit_reason: {
    tenant_id: string;
    code: string;
    label: string;
    position: number;
    names: Defaulted<Json>;
  };
  customer: {
    tenant_id: string;
    id: string;
    number: string;
    name: string;
    parent_id: string | null;
    tax_id: string | null;
    country: string | null;
    language: Defaulted<string>;
    time_zone: Defaulted<string>;
    payment_terms_id: string | null;
    batch_id: string | null;
    created_at: Defaulted<Instant>;
    archived_at: Instant | null;
    name_key: Defaulted<string | null>;
    search_text: Defaulted<string>;
  };
  customer_bank_account: {
    tenant_id: string;
    id: string;
    customer_id: string;
    account: string;
    source: string;
    created_at: Defaulted<Instant>;
    archived_at: Instant | null;
  };
  customer_figures: {
    tenant_id: string;
    company_id: string;
    customer_id: string;
    open_minor: bigint;
    overdue_minor: bigint;
  };
  customer_figures_state: {
    tenant_id: string;
    as_of: PlainDate;
    refreshed_at: Instant;
  };
  customer_matching: {
    tenant_id: string;
    id: string;
    customer_id: string;
    method: string;
    with_disputed: boolean;
    recorded_by: string;
    recorded_at: Instant;
  };
  customer_print: {
    tenant_id: string;
    customer_id: string;
    second_language: string;
  };
  customer_tag: {
    tenant_id: string;
    customer_id: string;
    tag: string;
    tagged_by: string;
    recorded_at: Instant;
  };
  day_sign_off: {
    tenant_id: string;
    id: string;
    bank_account_id: string;
    day: PlainDate;
    figures: Json;
    figures_sha256: Uint8Array;
    note: string | null;
    signed_by: string;
    signed_at: Instant;
    reopened_by: string | null;
    reopened_at: Instant | null;
    reopened_reason: string | null;
  };
  debtor_kind: {
    tenant_id: string;
    id: string;
    customer_id: string;
    kind: string;
    recorded_by: string;
    recorded_at: Instant;
  };
  delegation: {
    tenant_id: string;
    id: string;
    from_user: string;
    to_user: string;
    starts_on: PlainDate;
    ends_on: PlainDate;
    reason: string;
    created_by: string;
    created_at: Instant;
    ended_at: Instant | null;
  };
  delivery_by_portal: {
    tenant_id: string;
    customer_id: string;
    portal: string | null;
    from_on: PlainDate | null;
    changed_by: string;
    changed_at: Instant;
    company_id: string | null;
    of_company: Defaulted<string>;
  };
  delivery_preference: {
    tenant_id: string;
    customer_id: string;
    channels: readonly string[] | null;
    falls_back: Defaulted<boolean>;
    email_to: string | null;
    copies: Defaulted<readonly string[]>;
    attaches: readonly string[] | null;
    sms_number: string | null;
    network_address: string | null;
    consent_on: PlainDate | null;
    consent_note: string | null;
    changed_by: string;
    changed_at: Instant;
    e_invoice: string | null;
    buyer_reference: string | null;
    purchase_order: string | null;
  };
  delivery_problem: {
    tenant_id: string;
    id: string;
    company_id: string;
    customer_id: string;
    message_id: string | null;
    document_id: string | null;
    kind: string;
    severity: string | null;
    address: string | null;
    detail: string;
    opened_at: Instant;
    closed_at: Instant | null;
    closed_by: string | null;
    resolution: string | null;
  };
  delivery_setting: {
    tenant_id: string;
    company_id: string;
    channels: Defaulted<readonly string[]>;
    delivers_on_issue: Defaulted<boolean>;
    from_name: string | null;
    from_address: string | null;
    reply_to: string | null;
    signature: string | null;
    bounce_address: string | null;
    asks_for_receipt: Defaulted<boolean>;
    attaches: Defaulted<readonly string[]>;
    changed_by: string;
    changed_at: Instant;
    view_days: number | null;
    offers_stop: Defaulted<boolean>;
  };
  difference_limit: {
    tenant_id: string;
    id: string;
    company_id: string;
    role: string | null;
    user_id: string | null;
    currency: string;
    stance: string;
    amount_max_minor: bigint | null;
    percent_max: string | null;
    valid_from: PlainDate;
    recorded_by: string;
    recorded_at: Instant;
  };
  discount_country: {
    tenant_id: string;
    company_id: string;
    country: string;
    discount_base: string;
    corrects_tax: boolean;
  };
  discount_offer: {
    tenant_id: string;
    id: string;
    item_id: string;
    company_id: string;
    customer_id: string;
    currency: string;
    amount_minor: bigint;
    apr: string;
    year_days: number;
    due_on: PlainDate;
    offered_on: PlainDate;
    expires_on: PlainDate;
    recorded_at: Instant;
  };
  discount_offer_answer: {
    tenant_id: string;
    offer_id: string;
    answer: string;
    answered_on: PlainDate;
    pay_on: PlainDate | null;
    discount_minor: bigint | null;
    recorded_at: Instant;
  };
  discount_reversal: {
    tenant_id: string;
    credit_note_id: string;
    currency: string;
    discount_minor: bigint;
    tax_minor: bigint;
    taxes: Json | null;
    functional_minor: bigint;
    recorded_at: Instant;
  };
  dispute: {
    tenant_id: string;
    id: string;
    kind: string;
    company_id: string;
    customer_id: string;
    number: string;
    currency: string;
    opened_on: PlainDate;
    opened_by: string;
    source: string;
    payment_id: string | null;
    claim_number: string | null;
    claim_key: Defaulted<string | null>;
    claim_code: string | null;
    duplicate_of: string | null;
    recorded_at: Instant;
  };
  dispute_closing: {
    tenant_id: string;
    id: string;
    dispute_id: string;
    outcome: string;
    root_cause: string | null;
    note: string | null;
    closed_on: PlainDate;
    closed_by: string;
    recorded_at: Instant;
    reopened_on: PlainDate | null;
    reopened_by: string | null;
    reopened_note: string | null;
    reopened_at: Instant | null;
  };
  dispute_exclusion: {
    tenant_id: string;
    exclusion_id: string;
    dispute_id: string;
    item_id: string;
    amount_minor: bigint;
    recorded_at: Instant;
  };
  dispute_item: {
    tenant_id: string;
    dispute_id: string;
    item_id: string;
    amount_minor: bigint;
  };
  dispute_reason: {
    tenant_id: string;
    id: string;
    dispute_id: string;
    reason: string;
    note: string | null;
    stated_by: string;
    recorded_at: Instant;
  };
  dispute_reason_kind: {
    tenant_id: string;
    id: string;
    code: string;
    name: string;
    in_use: boolean;
    recorded_by: string;
    recorded_at: Instant;
  };
  dispute_release: {
    tenant_id: string;
    id: string;
    dispute_id: string;
    item_id: string;
    amount_minor: bigint;
    released_on: PlainDate;
    note: string;
    released_by: string;
    recorded_at: Instant;
  };
  dispute_remedy: {
    tenant_id: string;
    dispute_id: string;
    document_id: string;
    recorded_by: string;
    recorded_at: Instant;
  };
  drawn_document: {
    tenant_id: string;
    named_by: Uint8Array;
    pdf: Uint8Array;
    used_on: PlainDate;
  };
  dropped_difference: {
    tenant_id: string;
    application_id: string;
    item_id: string;
    payment_id: string;
    customer_id: string | null;
    currency: string;
    difference_minor: bigint;
    basis: string;
    evidence: Json;
    dropped_by: string;
    recorded_at: Instant;
    kind: Defaulted<string>;
  };
  escalation_notice: {
    tenant_id: string;
    payment_id: string;
    user_id: string;
    told_at: Instant;
    round: Defaulted<number>;
  };
  event: {
    tenant_id: string;
    id: string;
    type: string;
    subject_id: string;
    customer_id: string | null;
    actor: string;
    command_id: string;
    data: Json;
    recorded_at: Instant;
  };
  evidence_pack: {
    tenant_id: string;
    id: string;
    company_id: string;
    customer_id: string;
    hand_over_id: string | null;
    asked_by: string;
    asked_at: Instant;
    drawing_no: Defaulted<number>;
    worked_at: Instant;
    drawn: Defaulted<number>;
    to_draw: Defaulted<number>;
    ended_at: Instant | null;
    problem: string | null;
    problem_facts: Json | null;
    as_of: PlainDate | null;
    items: Json | null;
    bytes: number | null;
    sha256: Uint8Array | null;
    list_sha256: Uint8Array | null;
    removed_at: Instant | null;
  };
  evidence_pack_part: {
    tenant_id: string;
    pack_id: string;
    part_no: number;
    content: Uint8Array;
  };
  exchange_rate: {
    tenant_id: string;
    id: string;
    base: string;
    quote: string;
    valid_on: PlainDate;
    rate: string;
    source: string;
    recorded_at: Instant;
  };
  experiment: {
    tenant_id: string;
    id: string;
    number: number;
    name: string;
    note: string;
    policy_code: string;
    offset_days: number;
    phase: string;
    kind: string;
    later_days: number | null;
    share_percent: number;
    seed: string;
    metric: string;
    window_days: number;
    expected: number;
    starts_on: PlainDate;
    ends_on: PlainDate;
    registered_by: string;
    recorded_at: Instant;
  };
  experiment_end: {
    tenant_id: string;
    experiment_id: string;
    kind: string;
    note: string | null;
    found: Json;
    ended_on: PlainDate;
    ended_by: string;
    recorded_at: Instant;
  };
  experiment_entry: {
    tenant_id: string;
    experiment_id: string;
    customer_id: string;
    company_id: string;
    arm: string;
    entered_on: PlainDate;
    recorded_at: Instant;
  };
  experiment_item: {
    tenant_id: string;
    experiment_id: string;
    customer_id: string;
    item_id: string;
    open_minor: bigint;
  };
  explained_payment: {
    tenant_id: string;
    explanation_id: string;
    payment_id: string;
  };
  gate_result: {
    tenant_id: string;
    id: string;
    message_id: string;
    attempt_no: number | null;
    verdict: string;
    reason: string | null;
    waits_until: Instant | null;
    checks: Json;
    recorded_at: Instant;
  };
  gate_setting: {
    tenant_id: string;
    id: string;
    fresh_hours: number | null;
    without_bank: string;
    unwatched: readonly string[];
    contacts_max: number | null;
    contacts_days: number | null;
    open_hours: string | null;
    quiet_holidays: string;
    packs: readonly string[];
    stated_by: string;
    recorded_at: Instant;
  };
  hand_over: {
    tenant_id: string;
    id: string;
    number: bigint;
    company_id: string;
    customer_id: string;
    currency: string;
    route: string;
    agency_version_id: string | null;
    handed_on: PlainDate;
    interest: string;
    conditions: Json;
    note: string | null;
    handed_by: string;
    recorded_at: Instant;
  };
  hand_over_item: {
    tenant_id: string;
    hand_over_id: string;
    item_id: string;
    amount_minor: bigint;
    interest_exclusion_id: string | null;
    ended_on: PlainDate | null;
    ended: string | null;
  };
  hand_over_news: {
    tenant_id: string;
    id: string;
    hand_over_id: string;
    status: string;
    happened_on: PlainDate;
    reference: string | null;
    note: string | null;
    fee_minor: bigint | null;
    told_by: string;
    recorded_at: Instant;
    document_id: string | null;
  };
  handover_setting: {
    tenant_id: string;
    id: string;
    from_company_id: string;
    to_company_id: string;
    side: string;
    allowed: boolean;
    stated_by: string;
    recorded_at: Instant;
  };
  hold: {
    tenant_id: string;
    id: string;
    customer_id: string | null;
    item_id: string | null;
    note: string | null;
    starts_on: PlainDate;
    ends_on: PlainDate;
    placed_by: string;
    recorded_at: Instant;
    released_at: Instant | null;
    released_by: string | null;
    company_id: string | null;
    contact_id: string | null;
    reason: string;
    owner_id: string;
    scope: Defaulted<string>;
  };
  hold_change: {
    tenant_id: string;
    id: string;
    hold_id: string;
    kind: string;
    ended_on: PlainDate;
    ends_on: PlainDate;
    owned_by: string;
    owner_id: string;
    note: string | null;
    changed_by: string;
    recorded_at: Instant;
  };
  hold_notice: {
    tenant_id: string;
    hold_id: string;
    ends_on: PlainDate;
    owner_id: string;
    told_at: Instant;
  };
  hold_reason_kind: {
    tenant_id: string;
    id: string;
    code: string;
    name: string;
    in_use: boolean;
    recorded_by: string;
    recorded_at: Instant;
  };
  import_batch: {
    tenant_id: string;
    id: string;
    kind: string;
    company_id: string;
    file_name: string;
    file_sha256: Uint8Array;
    mapping: Json;
    rows: number;
    created: number;
    unchanged: number;
    recorded_at: Instant;
    recorded_by: string;
    undone_at: Instant | null;
    undone_by: string | null;
  };
  import_file: {
    tenant_id: string;
    id: string;
    kind: string;
    name: string;
    bytes: bigint;
    sha256: Uint8Array;
    created_by: string;
    created_at: Instant;
  };
  import_file_part: {
    tenant_id: string;
    file_id: string;
    part_no: number;
    content: Uint8Array;
  };
  import_mapping: {
    tenant_id: string;
    kind: string;
    header_hash: Uint8Array;
    mapping: Json;
    recorded_at: Instant;
  };
  import_run: {
    tenant_id: string;
    id: string;
    file_id: string;
    kind: string;
    company_id: string;
    mode: string;
    mapping: Json;
    state: string;
    rows_done: Defaulted<number>;
    share: Defaulted<number>;
    result: Json | null;
    started_by: string;
    created_at: Instant;
    finished_at: Instant | null;
  };
  inbound_mail: {
    tenant_id: string;
    id: string;
    raw: Uint8Array;
    sha256: Uint8Array;
    kind: string;
    sender: string;
    subject: string;
    message_id: string | null;
    known_by: string | null;
    received_at: Instant;
    company_id: string | null;
  };
  inbox_bar: {
    tenant_id: string;
    id: string;
    intent: string;
    bar: string | null;
    set_by: string;
    set_at: Instant;
  };
  inbox_conversation: {
    tenant_id: string;
    id: string;
    company_id: string | null;
    customer_id: string | null;
    subject: string;
    state: string;
    assigned_to: string | null;
    waiting_since: Instant | null;
    last_at: Instant;
    version: number;
    begun_at: Instant;
  };
  inbox_mail: {
    tenant_id: string;
    id: string;
    conversation_id: string;
    inbound_mail_id: string;
    identifier: string | null;
    kind: string;
    sender: string;
    subject: string;
    words: string;
    files: Json;
    message_id: string | null;
    known_by: string | null;
    received_at: Instant;
  };
  inbox_note: {
    tenant_id: string;
    id: string;
    conversation_id: string;
    words: string;
    mentions: readonly string[];
    written_by: string;
    written_at: Instant;
  };
  inbox_proposal: {
    tenant_id: string;
    id: string;
    mail_id: string;
    intent: string;
    from_at: number;
    to_at: number;
    quote: string;
    confidence: string;
    facts: Json;
    decision: string | null;
    is_changed: boolean | null;
    outcome: Json | null;
    decided_by: string | null;
    decided_at: Instant | null;
  };
  inbox_reply: {
    tenant_id: string;
    id: string;
    conversation_id: string;
    mail_id: string;
    message_id: string;
    subject: string;
    words: string;
    invoice_ids: readonly string[];
    statement_on: PlainDate | null;
    written_by: string;
    written_at: Instant;
  };
  inbox_sender: {
    tenant_id: string;
    id: string;
    address: string;
    customer_id: string;
    said_by: string;
    said_at: Instant;
  };
  inbox_snippet: {
    tenant_id: string;
    id: string;
    name: string;
    words: string | null;
    set_by: string;
    set_at: Instant;
  };
  invoice: {
    tenant_id: string;
    id: string;
    kind: string;
    company_id: string;
    customer_id: string;
    number: string;
    series: string | null;
    series_number: bigint | null;
    external_id: string | null;
    issued_on: PlainDate;
    due_on: PlainDate;
    currency: string;
    net_minor: bigint;
    tax_minor: bigint;
    total_minor: bigint;
    rate: Defaulted<string>;
    functional_minor: bigint;
    purchase_order: string | null;
    payment_reference: string | null;
    note: string | null;
    corrects_id: string | null;
    reason: string | null;
    batch_id: string | null;
    recorded_at: Instant;
    voided_on: PlainDate | null;
    rounding_minor: Defaulted<bigint>;
    reason_code: string | null;
  };
  invoice_allowance: {
    tenant_id: string;
    invoice_id: string;
    line_no: number;
    allowance_no: number;
    kind: string;
    amount_minor: bigint;
    base_minor: bigint | null;
    percent: string | null;
    reason: string | null;
    reason_code: string | null;
    tax_category: string | null;
    tax_percent: string | null;
  };
  invoice_content: {
    tenant_id: string;
    invoice_id: string;
    buyer_reference: string | null;
    sales_order: string | null;
    contract: string | null;
    project: string | null;
    despatch_advice: string | null;
    receiving_advice: string | null;
    object: string | null;
    delivered_on: PlainDate | null;
    period_from: PlainDate | null;
    period_to: PlainDate | null;
    tax_point_on: PlainDate | null;
    delivery: Json | null;
    seller: Json;
    buyer: Json;
    footnotes: Json;
    footnotes_chosen: Defaulted<boolean>;
    letterhead_id: string | null;
  };
  invoice_draft: {
    tenant_id: string;
    id: string;
    body: Json;
    company_id: string | null;
    customer_id: string | null;
    currency: string | null;
    total_minor: bigint | null;
    version: Defaulted<number>;
    source: string;
    state: string;
    invoice_id: string | null;
    refusal: Json | null;
    created_by: string;
    created_at: Instant;
    changed_at: Instant;
  };
  invoice_line: {
    tenant_id: string;
    invoice_id: string;
    line_no: number;
    description: string;
    quantity: string;
    unit: string | null;
    unit_price: string;
    tax_category: string;
    tax_percent: string;
    net_minor: bigint;
    detail: string | null;
    unit_code: string | null;
    base_quantity: Defaulted<string>;
    seller_item: string | null;
    buyer_item: string | null;
    period_from: PlainDate | null;
    period_to: PlainDate | null;
    order_line: string | null;
    note: string | null;
  };
  invoice_tax: {
    tenant_id: string;
    invoice_id: string;
    tax_category: string;
    tax_percent: string;
    net_minor: bigint;
    tax_minor: bigint;
    exemption_reason: string | null;
    exemption_code: string | null;
  };
  issue_finding: {
    tenant_id: string;
    invoice_id: string;
    finding_no: number;
    check_code: string;
    field: string;
    message: string;
    accepted_by: string | null;
    recorded_at: Instant;
  };
  issue_run: {
    tenant_id: string;
    id: string;
    state: string;
    drafts: number;
    started_by: string;
    created_at: Instant;
    finished_at: Instant | null;
  };
  issue_run_draft: {
    tenant_id: string;
    run_id: string;
    draft_id: string;
    position: number;
    outcome: string;
    refusal: Json | null;
  };
  issued_terms: {
    tenant_id: string;
    document_id: string;
    payment_terms_id: string;
    version: number;
    recorded_at: Instant;
  };
  item_discount: {
    tenant_id: string;
    id: string;
    item_id: string;
    source: string;
    until_on: PlainDate;
    grace_days: number;
    percent: string | null;
    currency: string;
    discount_minor: bigint;
    pay_minor: bigint;
    corrects_tax: boolean;
    pro_rata: boolean;
    offer_id: string | null;
    recorded_at: Instant;
  };
  journal_entry: {
    tenant_id: string;
    id: string;
    company_id: string;
    posted_on: PlainDate;
    recorded_at: Instant;
    kind: string;
    document_id: string;
    reverses_id: string | null;
    command_id: string;
  };
  journal_line: {
    tenant_id: string;
    entry_id: string;
    line_no: number;
    company_id: string;
    account: string;
    customer_id: string | null;
    item_id: string | null;
    due_on: PlainDate | null;
    currency: string;
    amount_minor: bigint;
    functional_minor: bigint;
    posted_on: PlainDate;
    recorded_at: Instant;
  };
  late_discount: {
    tenant_id: string;
    application_id: string;
    item_id: string;
    payment_id: string;
    customer_id: string | null;
    currency: string;
    discount_minor: bigint;
    until_on: PlainDate;
    paid_on: PlainDate;
    recorded_at: Instant;
  };
  ledger_account: {
    tenant_id: string;
    company_id: string;
    account: string;
    code: string;
    name: string;
    kind: string;
    control: Defaulted<boolean>;
  };
  ledger_day: {
    tenant_id: string;
    posted_on: PlainDate;
    id: Defaulted<string>;
    company_id: string;
    account: string;
    currency: string;
    is_credit: boolean;
    due_on: PlainDate;
    amount_minor: bigint;
    functional_minor: bigint;
    is_melted: Defaulted<boolean>;
  };
  letterhead: {
    tenant_id: string;
    id: string;
    company_id: string;
    version: number;
    texts: Json;
    recorded_at: Instant;
  };
  line_explanation: {
    tenant_id: string;
    id: string;
    company_id: string;
    bank_account_id: string;
    statement_line_id: string;
    booked_on: PlainDate;
    kind: string;
    currency: string;
    amount_minor: bigint;
    functional_minor: bigint | null;
    note: string | null;
    rule_id: string | null;
    given_up_id: string | null;
    recorded_id: string | null;
    explained_by: string;
    recorded_at: Instant;
    undone_by: string | null;
    undone_at: Instant | null;
    undone_note: string | null;
  };
  mail_account: {
    tenant_id: string;
    id: string;
    company_id: string;
    brings: string;
    host: string;
    port: number;
    security: string;
    user_name: string;
    sealed_password: Uint8Array;
    folder: string;
    read_from: PlainDate;
    afterwards: string;
    move_to: string | null;
    opened_by: string;
    opened_at: Instant;
    closed_by: string | null;
    closed_at: Instant | null;
    uid_validity: bigint | null;
    last_uid: bigint;
    mails_taken: number;
    in_hand_until: Instant | null;
    read_at: Instant | null;
    trouble: string | null;
    trouble_words: string | null;
    trouble_since: Instant | null;
    failed_tries: Defaulted<number>;
    sign_in: Defaulted<string>;
    watched_by: string | null;
    watched_until: Instant | null;
  };
  mail_account_skip: {
    tenant_id: string;
    id: string;
    account_id: string;
    uid_validity: bigint;
    uid: bigint;
    sender: string;
    subject: string;
    bytes: bigint;
    reason: string;
    noted_at: Instant;
  };
  match_certificate: {
    tenant_id: string;
    payment_id: string;
    rule: string;
    probability: string | null;
    certificate: Json;
    recorded_at: Instant;
  };
  matching_rules: {
    tenant_id: string;
    id: string;
    company_id: string;
    apply_from: number;
    suggest_from: number;
    unknown_payers: string;
    recorded_by: string;
    recorded_at: Instant;
    group_payments: Defaulted<string>;
  };
  member: {
    tenant_id: string;
    user_id: string;
    role: string;
    created_at: Defaulted<Instant>;
    removed_at: Instant | null;
  };
  message: {
    tenant_id: string;
    id: string;
    company_id: string;
    customer_id: string;
    purpose: string;
    channel: string;
    state: string;
    recipient: string;
    language: string;
    subject: string | null;
    message_header: string;
    tries: Defaulted<number>;
    last_answer: string | null;
    run_on: PlainDate;
    created_at: Instant;
    sent_at: Instant | null;
    transport: string | null;
    next_try_at: Instant | null;
    document_id: string | null;
    copies: Defaulted<readonly string[]>;
    return_token: string | null;
    carrier_reference: string | null;
    replaces_id: string | null;
    post_batch_id: string | null;
    carrier_asked_at: Instant | null;
    run_id: string | null;
  };
  message_attempt: {
    tenant_id: string;
    message_id: string;
    attempt_no: number;
    transport: string;
    raw: Uint8Array | null;
    raw_sha256: Uint8Array;
    started_at: Instant;
    alive_at: Defaulted<Instant>;
    ended_at: Instant | null;
    outcome: string | null;
    answer: string | null;
    written_from: Uint8Array | null;
    is_handed: Defaulted<boolean>;
    is_packed: Defaulted<boolean>;
  };
  message_signal: {
    tenant_id: string;
    id: string;
    message_id: string;
    kind: string;
    severity: string | null;
    address: string | null;
    detail: string;
    inbound_mail_id: string | null;
    happened_at: Instant;
    recorded_at: Instant;
  };
  message_template: {
    tenant_id: string;
    company_id: string;
    kind: string;
    language: string;
    version: number;
    subject: string | null;
    plain: string | null;
    html: string | null;
    note: string | null;
    written_by: string;
    written_at: Instant;
    closing: string | null;
  };
  number_series: {
    tenant_id: string;
    company_id: string;
    document_kind: string;
    series: string;
    pattern: string;
    next_number: Defaulted<bigint>;
  };
  open_item: {
    tenant_id: string;
    id: string;
    company_id: string;
    customer_id: string | null;
    kind: string;
    document_id: string;
    instalment: Defaulted<number>;
    reference: string;
    account: string;
    currency: string;
    amount_minor: bigint;
    open_minor: bigint;
    functional_minor: bigint;
    open_functional_minor: bigint;
    posted_on: PlainDate;
    due_on: PlainDate;
    recorded_at: Instant;
    reference_key: Defaulted<string | null>;
  };
  own_day: {
    tenant_id: string;
    on_day: PlainDate;
    is_open: boolean;
    name: string;
  };
  past_count: {
    tenant_id: string;
    id: string;
    company_id: string;
    on_day: PlainDate;
    counts: Json;
    looked: number;
    after_id: string | null;
    begun_at: Instant;
    looked_at: Instant;
    finished_at: Instant | null;
  };
  pay_account: {
    tenant_id: string;
    company_id: string;
    currency: string;
    bank_name: string | null;
    iban: string | null;
    bic: string | null;
    account_number: string | null;
    routing_number: string | null;
  };
  payer_alias: {
    tenant_id: string;
    id: string;
    kind: string;
    written: string;
    key: string;
    customer_id: string;
    right_count: number;
    asked_count: number;
    payment_id: string | null;
    until_on: PlainDate | null;
    accepted_by: string;
    accepted_at: Instant;
    revoked_by: string | null;
    revoked_at: Instant | null;
  };
  payer_habit: {
    tenant_id: string;
    company_id: string;
    customer_id: string;
    payments: number;
    habits: Json;
    learnt_at: Instant;
  };
  payer_habit_pool: {
    tenant_id: string;
    company_id: string;
    habits: Json;
    amounts: Json;
    learnt_at: Instant;
    learnt_moment: Instant | null;
    learnt_payment: string | null;
  };
  payment: {
    tenant_id: string;
    id: string;
    company_id: string;
    customer_id: string | null;
    direction: string;
    number: string;
    external_id: string | null;
    statement_line_id: string | null;
    received_on: PlainDate;
    currency: string;
    amount_minor: bigint;
    rate: Defaulted<string>;
    functional_minor: bigint;
    payer_name: string | null;
    payer_account: string | null;
    reference: Defaulted<string>;
    method: string;
    batch_id: string | null;
    recorded_at: Instant;
    returned_on: PlainDate | null;
    number_key: Defaulted<string | null>;
    payer_key: Defaulted<string | null>;
    reference_key: Defaulted<string | null>;
  };
  payment_return: {
    tenant_id: string;
    payment_id: string;
    returned_on: PlainDate;
    reason: string;
    statement_line_id: string | null;
    recorded_at: Instant;
    code: string | null;
    fee_minor: Defaulted<bigint>;
  };
  payment_terms: {
    tenant_id: string;
    id: string;
    code: string;
    name: string;
    created_at: Defaulted<Instant>;
    version: Defaulted<number>;
  };
  payment_terms_version: {
    tenant_id: string;
    payment_terms_id: string;
    version: number;
    rules: Json;
    recorded_at: Instant;
  };
  payout_arrival: {
    tenant_id: string;
    explanation_id: string;
    gateway_line_id: string;
    bank_line_id: string;
    rule: string;
    recorded_by: string;
    recorded_at: Instant;
  };
  payout_columns: {
    tenant_id: string;
    id: string;
    gateway: string;
    headings: Json;
    key: string;
    columns: Json;
    version: number;
    said_by: string;
    said_at: Instant;
    ended_by: string | null;
    ended_at: Instant | null;
  };
  policy: {
    tenant_id: string;
    id: string;
    name: string;
    set_id: string;
    place: number;
    code: string;
  };
  policy_set: {
    tenant_id: string;
    id: string;
    number: number;
    name: string;
    stage: string;
    file: Json;
    note: string;
    made_by: string;
    made_at: Instant;
    changed_at: Instant;
    live_by: string | null;
    live_at: Instant | null;
    retired_at: Instant | null;
    revision: number;
  };
  policy_step: {
    tenant_id: string;
    policy_id: string;
    step: number;
    offset_days: number;
    phase: string;
    template: string;
  };
  portal_setting: {
    tenant_id: string;
    id: string;
    customer_id: string;
    in_use: boolean;
    portal: string;
    address: string | null;
    supplier_number: string | null;
    user_id: string | null;
    within_days: number;
    uploads: readonly string[];
    from_on: PlainDate;
    instead: boolean;
    chases_unposted: boolean;
    stated_by: string;
    recorded_at: Instant;
    company_id: string | null;
    follows: boolean;
  };
  portal_step: {
    tenant_id: string;
    document_id: string;
    step_no: number;
    kind: string;
    happened_on: PlainDate;
    portal_number: string | null;
    reason: string | null;
    note: string | null;
    message_id: string | null;
    due_on: PlainDate | null;
    undoes_no: number | null;
    taken_by: string;
    recorded_at: Instant;
  };
  portal_upload: {
    tenant_id: string;
    document_id: string;
    company_id: string;
    customer_id: string;
    issued_on: PlainDate;
    first_due_on: PlainDate;
    state: string;
    due_on: PlainDate;
    attempts: Defaulted<number>;
    steps: Defaulted<number>;
    recorded_at: Instant;
  };
  post_batch: {
    tenant_id: string;
    id: string;
    company_id: string;
    letters: number;
    file: Uint8Array | null;
    sha256: Uint8Array | null;
    made_by: string;
    made_at: Instant;
    posted_on: PlainDate | null;
    posted_by: string | null;
    form: Defaulted<string>;
    pages: number | null;
    sheets: number | null;
    contents: Defaulted<Json>;
    is_duplex: Defaulted<boolean>;
    separates: Defaulted<boolean>;
    printed_by: string | null;
    printed_at: Instant | null;
    looked: Defaulted<number>;
    to_look: Defaulted<number>;
    set_aside: Defaulted<number>;
    worked_at: Instant;
  };
  posting_export: {
    tenant_id: string;
    id: string;
    company_id: string;
    exported_by: string;
    recorded_at: Instant;
  };
  posting_setting: {
    tenant_id: string;
    id: string;
    company_id: string;
    from_on: PlainDate | null;
    stated_by: string;
    recorded_at: Instant;
  };
  posting_step: {
    tenant_id: string;
    id: string;
    payment_id: string;
    part: string;
    state: string;
    export_id: string | null;
    reference: string | null;
    reason: string | null;
    posted_on: PlainDate | null;
    recorded_by: string;
    recorded_at: Instant;
    answered_export_id: string | null;
    handover_id: string | null;
  };
  promise: {
    tenant_id: string;
    id: string;
    company_id: string;
    customer_id: string;
    currency: string;
    promised_on: PlainDate;
    level: number;
    contact_id: string | null;
    said_by: string | null;
    way: string;
    note: string | null;
    taken_by: string;
    recorded_at: Instant;
  };
  promise_break: {
    tenant_id: string;
    promise_id: string;
    short_minor: bigint;
    recorded_at: Instant;
  };
  promise_end: {
    tenant_id: string;
    promise_id: string;
    kind: string;
    replaced_by: string | null;
    ended_on: PlainDate;
    note: string | null;
    ended_by: string;
    recorded_at: Instant;
  };
  promise_item_end: {
    tenant_id: string;
    promise_id: string;
    item_id: string;
    replaced_by: string;
    ended_on: PlainDate;
    recorded_at: Instant;
  };
  promise_part: {
    tenant_id: string;
    promise_id: string;
    part_no: number;
    item_id: string;
    promised_for: PlainDate;
    amount_minor: bigint;
    open_minor: bigint;
  };
  promise_setting: {
    tenant_id: string;
    id: string;
    company_id: string;
    tolerance_days: number;
    stated_by: string;
    recorded_at: Instant;
  };
  receipt_escalation: {
    tenant_id: string;
    payment_id: string;
    waited_hours: number;
    owner_id: string | null;
    recorded_at: Instant;
    round: Defaulted<number>;
    team_id: string | null;
  };
  receipt_mark: {
    tenant_id: string;
    id: string;
    payment_id: string;
    kind: string;
    user_id: string | null;
    note: string;
    marked_by: string;
    marked_at: Instant;
    ended_by: string | null;
    ended_at: Instant | null;
    look_again_at: Instant | null;
  };
  receipt_owner: {
    tenant_id: string;
    id: string;
    payment_id: string;
    user_id: string | null;
    assigned_by: string;
    recorded_at: Instant;
    team_id: string | null;
  };
  receipt_team: {
    tenant_id: string;
    id: string;
    made_by: string;
    recorded_at: Instant;
  };
  receipt_team_version: {
    tenant_id: string;
    team_id: string;
    version: number;
    name: string;
    lead_id: string;
    member_ids: readonly string[];
    is_ended: boolean;
    stated_by: string;
    recorded_at: Instant;
  };
  receiving_account: {
    tenant_id: string;
    id: string;
    company_id: string;
    currency: string;
    account: string;
    bank_name: string | null;
    bic: string | null;
    routing_number: string | null;
    recorded_by: string;
    recorded_at: Instant;
  };
  receiving_account_given: {
    tenant_id: string;
    account_id: string;
    company_id: string;
    currency: string;
    customer_id: string;
    given_by: string;
    given_at: Instant;
    retired_by: string | null;
    retired_at: Instant | null;
  };
  recovery: {
    tenant_id: string;
    id: string;
    company_id: string;
    customer_id: string;
    write_off_id: string;
    item_id: string;
    recovery_item_id: string;
    payment_id: string;
    currency: string;
    amount_minor: bigint;
    functional_minor: bigint;
    recovered_on: PlainDate;
    recorded_by: string;
    recorded_at: Instant;
  };
  recovery_undo: {
    tenant_id: string;
    id: string;
    recovery_id: string;
    amount_minor: bigint;
    functional_minor: bigint;
    undone_on: PlainDate;
    recorded_at: Instant;
  };
  recurring_invoice: {
    tenant_id: string;
    id: string;
    name: string;
    company_id: string;
    customer_id: string;
    body: Json;
    unit: string;
    every: number;
    anchor_day: number | null;
    starts_on: PlainDate;
    ends_on: PlainDate | null;
    timing: string;
    prorates: boolean;
    price_steps: Json;
    yearly_percent: string | null;
    mode: string;
    stops_when_unpaid: boolean;
    paused_on: PlainDate | null;
    version: Defaulted<number>;
    created_by: string;
    created_at: Instant;
  };
  recurring_period: {
    tenant_id: string;
    recurring_id: string;
    period_from: PlainDate;
    period_to: PlainDate;
    draft_id: string;
    recorded_at: Instant;
  };
  reference_rate: {
    tenant_id: string;
    id: string;
    code: string;
    valid_from: PlainDate;
    percent: string;
    source: string;
    recorded_by: string;
    recorded_at: Instant;
  };
  refund: {
    tenant_id: string;
    id: string;
    company_id: string;
    customer_id: string;
    currency: string;
    amount_minor: bigint;
    bank_account_id: string;
    account: string;
    reason: string;
    account_since: PlainDate;
    payable_from: PlainDate;
    granted_by: string;
    granted_on: PlainDate;
    recorded_at: Instant;
  };
  refund_end: {
    tenant_id: string;
    refund_id: string;
    file_id: string | null;
    payment_id: string | null;
    withdrawn_reason: string | null;
    ended_by: string;
    recorded_at: Instant;
  };
  refund_file: {
    tenant_id: string;
    id: string;
    company_id: string;
    bank_account_id: string;
    message_id: string;
    currency: string;
    total_minor: bigint;
    refunds: number;
    content: string;
    sha256: Uint8Array;
    ordered_on: PlainDate;
    exported_by: string;
    recorded_at: Instant;
  };
  refund_setting: {
    tenant_id: string;
    id: string;
    company_id: string;
    waiting_days: number;
    recorded_by: string;
    recorded_at: Instant;
  };
  refund_shortening: {
    tenant_id: string;
    refund_id: string;
    reason: string;
    shortened_by: string;
    recorded_at: Instant;
  };
  reminder_item: {
    tenant_id: string;
    item_id: string;
    policy_id: string;
    step: number;
    message_id: string;
    customer_id: string;
    run_on: PlainDate;
    recorded_at: Instant;
    offset_days: number;
    phase: string;
    open_minor: bigint | null;
  };
  reminder_left_out: {
    tenant_id: string;
    message_id: string;
    item_id: string;
    policy_id: string;
    step: number;
    offset_days: number;
    phase: string;
    open_minor: bigint;
    reason: string;
    run_on: PlainDate;
    recorded_at: Instant;
  };
  reminder_run: {
    tenant_id: string;
    id: string;
    company_id: string;
    run_on: PlainDate;
    started_by: string;
    started_at: Instant;
    finished_at: Instant | null;
    messages: Defaulted<number>;
    items: Defaulted<number>;
    left_out: Defaulted<number>;
    without_email: Defaulted<number>;
    approved: Defaulted<boolean>;
    for_person: Defaulted<number>;
    set_id: string | null;
    stopped_for: string | null;
    looked_at: Defaulted<boolean>;
    changed: Defaulted<number>;
    appeared: Defaulted<number>;
  };
  reminder_run_line: {
    tenant_id: string;
    run_id: string;
    customer_id: string;
    line: string;
  };
  reminder_skip: {
    tenant_id: string;
    id: string;
    company_id: string;
    customer_id: string;
    item_id: string | null;
    from_on: PlainDate;
    until_on: PlainDate;
    reason: string;
    skipped_by: string;
    recorded_at: Instant;
  };
  reminder_skip_end: {
    tenant_id: string;
    skip_id: string;
    ended_by: string;
    recorded_at: Instant;
  };
  remittance: {
    tenant_id: string;
    id: string;
    company_id: string;
    origin: string;
    file_name: string | null;
    sha256: string;
    source: Json | null;
    received_on: PlainDate;
    recorded_by: string;
    recorded_at: Instant;
    original: Uint8Array | null;
  };
  remittance_columns: {
    tenant_id: string;
    id: string;
    customer_id: string | null;
    headings: Json;
    key: string;
    roles: Json;
    decimal_mark: string | null;
    version: number;
    chosen_by: string;
    chosen_at: Instant;
    ended_by: string | null;
    ended_at: Instant | null;
  };
  remittance_join: {
    tenant_id: string;
    id: string;
    remittance_id: string;
    payment_id: string;
    rule: string;
    joined_by: string;
    joined_at: Instant;
    parted_by: string | null;
    parted_at: Instant | null;
  };
  remittance_line: {
    tenant_id: string;
    reading_id: string;
    position: number;
    document: string;
    document_key: Defaulted<string | null>;
    amount_minor: bigint;
    discount_minor: bigint;
    deduction_minor: bigint;
    reason: string | null;
    claim_number: string | null;
    claim_code: string | null;
    place: Json | null;
  };
  remittance_mail: {
    tenant_id: string;
    id: string;
    company_id: string;
    sha256: string;
    identifier: string | null;
    sender: string;
    subject: string;
    hint_customer_id: string | null;
    raw: Uint8Array;
    received_on: PlainDate;
    recorded_by: string;
    recorded_at: Instant;
  };
  remittance_mail_part: {
    tenant_id: string;
    mail_id: string;
    position: number;
    name: string;
    remittance_id: string | null;
    code: string | null;
  };
  remittance_mailbox: {
    tenant_id: string;
    id: string;
    company_id: string;
    address: string;
    token: string;
    opened_by: string;
    opened_at: Instant;
    closed_by: string | null;
    closed_at: Instant | null;
  };
  remittance_reading: {
    tenant_id: string;
    id: string;
    remittance_id: string;
    revision: number;
    customer_id: string | null;
    payer_name: string | null;
    currency: string;
    total_minor: bigint;
    total_stated: boolean;
    paid_on: PlainDate | null;
    payment_reference: string | null;
    payment_reference_key: Defaulted<string | null>;
    recorded_by: string;
    recorded_at: Instant;
  };
  return_fee_rule: {
    tenant_id: string;
    id: string;
    company_id: string;
    currency: string;
    amount_minor: bigint;
    valid_from: PlainDate;
    recorded_by: string;
    recorded_at: Instant;
  };
  return_follow_up: {
    tenant_id: string;
    payment_id: string;
    note: string;
    done_by: string;
    recorded_at: Instant;
  };
  return_notice: {
    tenant_id: string;
    id: string;
    company_id: string;
    origin: string;
    kind: string;
    identity: Uint8Array;
    statement_line_id: string | null;
    currency: string;
    amount_minor: bigint;
    fee_minor: bigint;
    returned_on: PlainDate;
    code: string | null;
    end_to_end_id: string | null;
    original_references: Json;
    payer_name: string | null;
    payer_account: string | null;
    said: string;
    file_name: string | null;
    recorded_by: string;
    recorded_at: Instant;
    whose: string | null;
  };
  return_outcome: {
    tenant_id: string;
    notice_id: string;
    kind: string;
    payment_id: string | null;
    rule: string;
    evidence: Json;
    note: string | null;
    decided_by: string;
    recorded_at: Instant;
  };
  risk_class: {
    tenant_id: string;
    id: string;
    customer_id: string;
    class: string | null;
    note: string;
    stated_by: string;
    recorded_at: Instant;
  };
  row_before: {
    tenant_id: string;
    id: bigint;
    table_name: string;
    row_key: string;
    customer_id: string | null;
    ended_at: Instant;
    was: Json | null;
  };
  row_before_begin: {
    tenant_id: string;
    begins_at: Instant;
  };
  shadow_day: {
    tenant_id: string;
    set_id: string;
    company_id: string;
    on_day: PlainDate;
    summary: Json;
    recorded_at: Instant;
    revision: number;
  };
  signing_certificate: {
    tenant_id: string;
    id: string;
    company_id: string;
    certificate: Uint8Array;
    chain: Uint8Array;
    sealed_key: Uint8Array;
    subject: string;
    issuer: string;
    serial_number: string;
    valid_from: Instant;
    valid_until: Instant;
    signs_invoices: boolean;
    kept_by: string;
    kept_at: Instant;
    removed_by: string | null;
    removed_at: Instant | null;
  };
  soft_phone: {
    tenant_id: string;
    id: string;
    template: string;
    stated_by: string;
    recorded_at: Instant;
  };
  statement: {
    tenant_id: string;
    id: string;
    run_id: string | null;
    company_id: string;
    customer_id: string;
    kind: string;
    from_on: PlainDate;
    as_of: PlainDate;
    state: string;
    reason: string | null;
    balances: Json;
    fingerprint: string;
    message_id: string | null;
    made_by: string;
    made_at: Instant;
    is_group: Defaulted<boolean>;
    all_companies: Defaulted<boolean>;
  };
  statement_line: {
    tenant_id: string;
    id: string;
    statement_id: string;
    bank_account_id: string;
    line_no: number;
    identity: Uint8Array;
    booked_on: PlainDate;
    value_on: PlainDate;
    currency: string;
    amount_minor: bigint;
    payer_name: string | null;
    payer_account: string | null;
    end_to_end_id: string | null;
    bank_reference: string | null;
    structured_reference: string | null;
    remittance: Defaulted<string>;
    returned: Defaulted<boolean>;
    details: Json | null;
    recorded_at: Instant;
    payout_kind: string | null;
  };
  statement_preference: {
    tenant_id: string;
    customer_id: string;
    kind: string | null;
    email_to: string | null;
    copies: Defaulted<readonly string[]>;
    changed_by: string;
    changed_at: Instant;
    channel: string | null;
  };
  statement_run: {
    tenant_id: string;
    id: string;
    schedule_id: string;
    from_on: PlainDate;
    as_of: PlainDate;
    state: string;
    planned_through: string | null;
    started_by: string;
    started_at: Instant;
    approved_by: string | null;
    approved_at: Instant | null;
    finished_at: Instant | null;
  };
  statement_schedule: {
    tenant_id: string;
    id: string;
    company_id: string;
    name: string;
    kind: string;
    rhythm: string;
    day: number | null;
    audience: string;
    customer_ids: Defaulted<readonly string[]>;
    minimum_minor: Defaulted<bigint>;
    skips_unchanged: boolean;
    needs_approval: boolean;
    starts_on: PlainDate;
    ended_at: Instant | null;
    changed_by: string;
    changed_at: Instant;
    paused_on: PlainDate | null;
    groups: Defaulted<boolean>;
    all_companies: Defaulted<boolean>;
  };
  statement_sent: {
    tenant_id: string;
    message_id: string;
    statement_id: string;
    figures: Json;
    recorded_at: Instant;
    version: Defaulted<number>;
  };
  step_act: {
    tenant_id: string;
    id: string;
    item_id: string;
    customer_id: string;
    policy: string;
    step: number;
    offset_days: number;
    phase: string;
    way: string;
    done_on: PlainDate;
    done_by: string;
    recorded_at: Instant;
    taken_back_by: string | null;
    taken_back_at: Instant | null;
    act_id: string | null;
  };
  stop_link: {
    tenant_id: string;
    message_id: string;
    token: string;
    made_at: Instant;
  };
  suppression: {
    tenant_id: string;
    id: string;
    address: string;
    purpose: string | null;
    reason: string;
    detail: Defaulted<string>;
    message_id: string | null;
    added_by: string;
    added_at: Instant;
    lifted_at: Instant | null;
    lifted_by: string | null;
    lift_reason: string | null;
  };
  task: {
    tenant_id: string;
    id: string;
    kind: string;
    cause: string;
    company_id: string | null;
    customer_id: string | null;
    subject_id: string | null;
    title: string | null;
    note: string | null;
    seen: Json;
    currency: string | null;
    amount_minor: bigint | null;
    is_urgent: boolean;
    minutes: number;
    due_at: Instant;
    escalate_at: Instant;
    made_by: string;
    recorded_at: Instant;
    state: string;
    assigned_to: string | null;
    assigned_how: string;
    snoozed_until: PlainDate | null;
    outcome: string | null;
    escalated_at: Instant | null;
    closed_at: Instant | null;
    change_id: string | null;
    revision: Defaulted<number>;
  };
  task_call: {
    tenant_id: string;
    act_id: string;
    call_id: string;
    is_own: boolean;
  };
  task_change: {
    tenant_id: string;
    id: string;
    act_id: string;
    task_id: string;
    kind: string;
    state_before: string;
    assigned_before: string | null;
    how_before: string;
    snoozed_before: PlainDate | null;
    outcome_before: string | null;
    note: string | null;
    changed_by: string;
    recorded_at: Instant;
  };
  task_rules: {
    tenant_id: string;
    id: string;
    number: number;
    rules: Json;
    stated_by: string;
    recorded_at: Instant;
  };
  task_skill: {
    tenant_id: string;
    id: string;
    user_id: string;
    takes: boolean;
    languages: readonly string[];
    company_ids: readonly string[];
    policies: readonly string[];
    kinds: readonly string[];
    amount_from: bigint | null;
    amount_to: bigint | null;
    minutes_a_day: number;
    stated_by: string;
    recorded_at: Instant;
  };
  tax_relief: {
    tenant_id: string;
    id: string;
    write_off_id: string;
    item_id: string;
    why: string;
    currency: string;
    tax_minor: bigint;
    functional_minor: bigint;
    rule: Json | null;
    posted_on: PlainDate;
    recorded_by: string;
    recorded_at: Instant;
  };
  tenant: {
    id: string;
    slug: string;
    name: string;
    time_zone: Defaulted<string>;
    created_at: Defaulted<Instant>;
  };
  terms_setting: {
    tenant_id: string;
    company_id: string;
    payment_terms_id: string | null;
    discount_base: Defaulted<string>;
    corrects_tax: Defaulted<boolean>;
    pro_rata: Defaulted<boolean>;
    unearned: Defaulted<string>;
    changed_at: Instant;
  };
  test_mail: {
    tenant_id: string;
    id: string;
    company_id: string;
    recipient: string;
    subject: string;
    plain: string;
    html: string | null;
    state: string;
    answer: string | null;
    asked_by: string;
    asked_at: Instant;
    ended_at: Instant | null;
  };
  test_mail_file: {
    tenant_id: string;
    test_mail_id: string;
    file_no: number;
    name: string;
    media_type: string;
    content: Uint8Array;
  };
  thanks: {
    tenant_id: string;
    payment_id: string;
    company_id: string;
    customer_id: string;
    message_id: string | null;
    left_out: string | null;
    recorded_at: Instant;
  };
  tolerance_rule: {
    tenant_id: string;
    id: string;
    company_id: string;
    customer_id: string | null;
    currency: string | null;
    stance: string;
    amount_max_minor: bigint | null;
    percent_max: string | null;
    valid_from: PlainDate;
    recorded_by: string;
    recorded_at: Instant;
    kind: Defaulted<string>;
  };
  view_link: {
    tenant_id: string;
    message_id: string;
    token: string;
    made_at: Instant;
    ended_at: Instant | null;
    ended_by: string | null;
  };
  worklist_claim: {
    tenant_id: string;
    company_id: string;
    customer_id: string;
    held_by: string;
    held_until: Instant;
  };
  worklist_day: {
    tenant_id: string;
    listed_on: PlainDate;
    rules_id: string | null;
    usual: Json;
    made_at: Instant;
    refreshed_at: Instant;
    made_upto: string | null;
  };
  worklist_done: {
    tenant_id: string;
    id: string;
    company_id: string;
    customer_id: string;
    done_on: PlainDate;
    call_id: string | null;
    note: string | null;
    done_by: string;
    recorded_at: Instant;
    taken_at: Instant | null;
  };
  worklist_owner: {
    tenant_id: string;
    id: string;
    company_id: string;
    customer_id: string;
    user_id: string | null;
    is_protected: boolean;
    assigned_by: string;
    recorded_at: Instant;
  };
  worklist_row: {
    tenant_id: string;
    company_id: string;
    customer_id: string;
    currency: string;
    points: number;
    expected_minor: bigint;
    overdue_minor: bigint;
    facts: Json;
    reasons: Json;
    hidden_until: PlainDate | null;
    woke_at: Instant | null;
    owner_id: string | null;
    is_protected: Defaulted<boolean>;
  };
  worklist_rules: {
    tenant_id: string;
    id: string;
    number: number;
    rules: Json;
    note: string | null;
    stated_by: string;
    recorded_at: Instant;
  };
  worklist_snooze: {
    tenant_id: string;
    id: string;
    company_id: string;
    customer_id: string;
    until_on: PlainDate | null;
    reason: string | null;
    snoozed_by: string;
    recorded_at: Instant;
  };
  write_off: {
    tenant_id: string;
    id: string;
    company_id: string;
    customer_id: string;
    kind: string;
    reason: string;
    currency: string;
    amount_minor: bigint;
    functional_minor: bigint;
    written_off_on: PlainDate;
    recorded_at: Instant;
    number: string;
  };
  write_off_limit: {
    tenant_id: string;
    id: string;
    company_id: string;
    role: string | null;
    user_id: string | null;
    currency: string;
    kind: string | null;
    stance: string;
    amount_min_minor: bigint | null;
    amount_max_minor: bigint | null;
    valid_from: PlainDate;
    recorded_by: string;
    recorded_at: Instant;
  };
  write_off_run: {
    tenant_id: string;
    id: string;
    company_id: string;
    kind: string;
    reason: string;
    facts: Json;
    state: string;
    items: number;
    started_by: string;
    started_at: Instant;
    finished_at: Instant | null;
    undos: Defaulted<number>;
    undo_reason: string | null;
    undone_by: string | null;
    undone_at: Instant | null;
  };
  write_off_run_item: {
    tenant_id: string;
    run_id: string;
    item_id: string;
    position: number;
    currency: string;
    amount_minor: bigint;
    outcome: string;
    obstacle: Json | null;
    write_off_id: string | null;
    undo_outcome: string | null;
    undo_obstacle: Json | null;
  };
  write_off_undo: {
    tenant_id: string;
    write_off_id: string;
    undone_on: PlainDate;
    reason: string;
    recorded_at: Instant;
  };
  writing_pattern: {
    tenant_id: string;
    id: string;
    customer_id: string;
    kind: string;
    figures: number | null;
    theirs: string | null;
    ours: string | null;
    form: string;
    right_count: number;
    wrong_count: number;
    tied_count: number;
    payment_id: string | null;
    until_on: PlainDate | null;
    accepted_by: string;
    accepted_at: Instant;
    revoked_by: string | null;
    revoked_at: Instant | null;
  };
};

export const COLUMN_TYPES: { readonly [T in keyof DB]: Readonly<Record<string, string>> } = {
  account_correction: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', identity: 'bytea', code: 'text', account: 'text', routing: 'text', holder: 'text', original_trace: 'text', said: 'text', right_account: 'text', right_routing: 'text', file_name: 'text', recorded_by: 'text', recorded_at: 'timestamptz' },
  account_correction_end: { tenant_id: 'uuid', correction_id: 'uuid', kind: 'text', customer_id: 'uuid', account_before: 'text', account_after: 'text', note: 'text', decided_by: 'text', recorded_at: 'timestamptz' },
  accounting_period: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', starts_on: 'date', ends_on: 'date', locked_at: 'timestamptz', locked_by: 'text' },
  address: { tenant_id: 'uuid', id: 'uuid', customer_id: 'uuid', kind: 'text', street: 'text', postal_code: 'text', city: 'text', region: 'text', country: 'bpchar', created_at: 'timestamptz', archived_at: 'timestamptz' },
  agency: { tenant_id: 'uuid', id: 'uuid', agency_id: 'uuid', kind: 'text', name: 'text', email: 'text', client_number: 'text', fees: 'jsonb', remits: 'text', in_use: 'boolean', stated_by: 'text', recorded_at: 'timestamptz' },
  agency_columns: { tenant_id: 'uuid', id: 'uuid', agency_id: 'uuid', kind: 'text', columns: 'jsonb', stated_by: 'text', recorded_at: 'timestamptz' },
  agency_notice: { tenant_id: 'uuid', id: 'uuid', hand_over_id: 'uuid', kind: 'text', reason: 'text', message_id: 'uuid', recorded_at: 'timestamptz' },
  agency_notice_item: { tenant_id: 'uuid', notice_id: 'uuid', hand_over_id: 'uuid', item_id: 'uuid', known_minor: 'bigint' },
  agency_statement: { tenant_id: 'uuid', id: 'uuid', agency_id: 'uuid', company_id: 'uuid', reference: 'text', stated_on: 'date', currency: 'bpchar', collected_minor: 'bigint', fee_minor: 'bigint', tax_minor: 'bigint', remitted_minor: 'bigint', payment_id: 'uuid', note: 'text', booked_by: 'text', recorded_at: 'timestamptz' },
  agency_statement_line: { tenant_id: 'uuid', statement_id: 'uuid', line_no: 'integer', hand_over_id: 'uuid', item_id: 'uuid', collected_minor: 'bigint', fee_minor: 'bigint', tax_minor: 'bigint', remitted_minor: 'bigint', agreed_fee_minor: 'bigint', agreed_tax_minor: 'bigint' },
  alert_channel: { tenant_id: 'uuid', id: 'uuid', channel_id: 'uuid', name: 'text', sealed_url: 'bytea', host: 'text', sealed_key: 'bytea', kinds: 'text[]', in_use: 'boolean', stated_by: 'text', recorded_at: 'timestamptz' },
  alert_channel_post: { tenant_id: 'uuid', id: 'uuid', channel_id: 'uuid', alerts: 'jsonb', made_at: 'timestamptz', claimed_until: 'timestamptz', tries: 'integer', ended_at: 'timestamptz' },
  alert_channel_try: { tenant_id: 'uuid', id: 'uuid', channel_id: 'uuid', alerts: 'integer', outcome: 'text', words: 'text', recorded_at: 'timestamptz' },
  alert_notice: { tenant_id: 'uuid', user_id: 'text', kind: 'text', subject: 'text', told_at: 'timestamptz' },
  alert_setting: { tenant_id: 'uuid', id: 'uuid', user_id: 'text', hour: 'smallint', off: 'text[]', stated_by: 'text', recorded_at: 'timestamptz' },
  announcement: { tenant_id: 'uuid', id: 'uuid', bank_account_id: 'uuid', origin: 'text', status: 'text', identity: 'bytea', booked_on: 'date', value_on: 'date', currency: 'bpchar', amount_minor: 'bigint', bank_reference: 'text', batch_message_id: 'text', batch_payment_id: 'text', message_id: 'text', part_count: 'integer', file_name: 'text', file_sha256: 'bytea', recorded_by: 'text', recorded_at: 'timestamptz' },
  announcement_part: { tenant_id: 'uuid', announcement_id: 'uuid', position: 'integer', amount_minor: 'bigint', payer_name: 'text', payer_account: 'text', end_to_end_id: 'text', structured_reference: 'text', remittance: 'text', returned: 'boolean', details: 'jsonb' },
  announcement_use: { tenant_id: 'uuid', announcement_id: 'uuid', statement_line_id: 'uuid', recorded_at: 'timestamptz' },
  api_key: { tenant_id: 'uuid', id: 'uuid', name: 'text', prefix: 'text', key_hash: 'bytea', role: 'text', created_by: 'text', created_at: 'timestamptz', expires_at: 'timestamptz', revoked_at: 'timestamptz', last_used_at: 'timestamptz' },
  application: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', debit_item_id: 'uuid', credit_item_id: 'uuid', currency: 'bpchar', amount_minor: 'bigint', discount_minor: 'bigint', difference_minor: 'bigint', debit_functional_minor: 'bigint', credit_functional_minor: 'bigint', method: 'text', evidence: 'jsonb', applied_on: 'date', recorded_at: 'timestamptz', entry_id: 'uuid', reverses_id: 'uuid', discount_tax_minor: 'bigint', discount_taxes: 'jsonb', difference_kind: 'text', difference_tax_minor: 'bigint' },
  applied_write_off: { tenant_id: 'uuid', write_off_id: 'uuid', payment_id: 'uuid', recorded_at: 'timestamptz' },
  applied_write_off_item: { tenant_id: 'uuid', write_off_id: 'uuid', application_id: 'uuid' },
  approval: { tenant_id: 'uuid', id: 'uuid', operation: 'text', kind: 'text', state: 'text', version: 'integer', requested_by: 'text', requester_id: 'text', customer_id: 'uuid', requested_at: 'timestamptz', expires_at: 'timestamptz', waiting_roles: 'text[]', command_id: 'uuid', ended_at: 'timestamptz', outcome: 'jsonb' },
  approval_decision: { tenant_id: 'uuid', approval_id: 'uuid', version: 'integer', decided_by: 'text', on_behalf_of: 'text', step: 'smallint', verdict: 'text', note: 'text', content_hash: 'bytea', recorded_at: 'timestamptz' },
  approval_notice: { tenant_id: 'uuid', approval_id: 'uuid', version: 'integer', user_id: 'text', about: 'text', told_at: 'timestamptz' },
  approval_notice_setting: { tenant_id: 'uuid', user_id: 'text', mode: 'text', changed_at: 'timestamptz' },
  approval_policy: { tenant_id: 'uuid', kind: 'text', version: 'integer', rules: 'jsonb', recorded_by: 'text', recorded_at: 'timestamptz' },
  approval_version: { tenant_id: 'uuid', approval_id: 'uuid', version: 'integer', request: 'jsonb', matter: 'jsonb', rehearsal: 'jsonb', reason: 'text', content_hash: 'bytea', route: 'jsonb', policy_kind: 'text', policy_version: 'integer', recorded_at: 'timestamptz' },
  attachment: { tenant_id: 'uuid', id: 'uuid', draft_id: 'uuid', document_id: 'uuid', sha256: 'bytea', name: 'text', media_type: 'text', bytes: 'integer', is_supplement: 'boolean', added_by: 'text', recorded_at: 'timestamptz', removed_at: 'timestamptz', message_id: 'uuid' },
  attachment_content: { tenant_id: 'uuid', sha256: 'bytea', content: 'bytea', recorded_at: 'timestamptz' },
  bank_account: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', name: 'text', account: 'text', currency: 'bpchar', created_at: 'timestamptz', csv_profile: 'jsonb' },
  bank_rule: { tenant_id: 'uuid', id: 'uuid', bank_account_id: 'uuid', text: 'text', direction: 'text', kind: 'text', added_by: 'text', recorded_at: 'timestamptz', retired_by: 'text', retired_at: 'timestamptz' },
  bank_statement: { tenant_id: 'uuid', id: 'uuid', bank_account_id: 'uuid', statement_ref: 'text', sequence_no: 'text', from_on: 'date', to_on: 'date', currency: 'bpchar', opening_minor: 'bigint', closing_minor: 'bigint', entries_minor: 'bigint', difference_minor: 'bigint', lines: 'integer', file_name: 'text', file_sha256: 'bytea', recorded_at: 'timestamptz' },
  breach: { tenant_id: 'uuid', id: 'uuid', message_id: 'uuid', subject_id: 'uuid', kind: 'text', was_knowable: 'boolean', seen: 'jsonb', handed_over_at: 'timestamptz', recorded_at: 'timestamptz' },
  breach_search: { tenant_id: 'uuid', id: 'uuid', since: 'timestamptz', messages: 'integer', found: 'integer', recorded_at: 'timestamptz' },
  call: { tenant_id: 'uuid', id: 'uuid', customer_id: 'uuid', company_id: 'uuid', direction: 'text', way: 'text', contact_id: 'uuid', spoke_with: 'text', number: 'text', outcome: 'text', note: 'text', next_on: 'date', called_on: 'date', promise_id: 'uuid', dispute_id: 'uuid', recorded_by: 'text', recorded_at: 'timestamptz' },
  call_correction: { tenant_id: 'uuid', call_id: 'uuid', replaced_by: 'uuid', note: 'text', corrected_by: 'text', recorded_at: 'timestamptz' },
  call_item: { tenant_id: 'uuid', call_id: 'uuid', item_id: 'uuid' },
  call_override: { tenant_id: 'uuid', call_id: 'uuid', bars: 'jsonb', reason: 'text', decided_by: 'text', recorded_at: 'timestamptz' },
  charge: { tenant_id: 'uuid', id: 'uuid', kind: 'text', company_id: 'uuid', customer_id: 'uuid', number: 'text', charged_on: 'date', through_on: 'date', due_on: 'date', currency: 'bpchar', interest_minor: 'bigint', fee_minor: 'bigint', total_minor: 'bigint', rate: 'numeric', functional_minor: 'bigint', tax_category: 'text', because: 'text', reason: 'text', corrects_id: 'uuid', recorded_at: 'timestamptz' },
  charge_exclusion: { tenant_id: 'uuid', id: 'uuid', item_id: 'uuid', amount_minor: 'bigint', from_on: 'date', to_on: 'date', reason: 'text', placed_by: 'text', recorded_at: 'timestamptz', released_at: 'timestamptz', annulled: 'boolean' },
  charge_fee: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', customer_id: 'uuid', message_id: 'uuid', phase: 'text', currency: 'bpchar', amount_minor: 'bigint', incurred_on: 'date', recorded_at: 'timestamptz', version: 'smallint' },
  charge_part: { tenant_id: 'uuid', charge_id: 'uuid', part_no: 'smallint', kind: 'text', item_id: 'uuid', document_id: 'uuid', fee_id: 'uuid', reference: 'text', from_on: 'date', to_on: 'date', amount_minor: 'bigint', policy_id: 'uuid' },
  charge_policy: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', customer_id: 'uuid', valid_from: 'date', terms: 'jsonb', exempt: 'boolean', recorded_by: 'text', recorded_at: 'timestamptz' },
  charge_span: { tenant_id: 'uuid', charge_id: 'uuid', part_no: 'smallint', line_no: 'integer', from_on: 'date', to_on: 'date', days: 'integer', year_days: 'smallint', base_minor: 'bigint', percent: 'numeric', source: 'text', exact: 'numeric' },
  charge_undo: { tenant_id: 'uuid', charge_id: 'uuid', undone_on: 'date', reason: 'text', recorded_at: 'timestamptz' },
  check_rules: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', customer_id: 'uuid', rules: 'jsonb', recorded_by: 'text', recorded_at: 'timestamptz' },
  claim_code: { tenant_id: 'uuid', id: 'uuid', customer_id: 'uuid', code_key: 'text', reason: 'text', recorded_by: 'text', recorded_at: 'timestamptz' },
  clock_setting: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', apply_hours: 'integer', escalate_hours: 'integer', counts: 'text', stated_by: 'text', recorded_at: 'timestamptz' },
  collector_setting: { tenant_id: 'uuid', id: 'uuid', user_id: 'text', customers_a_day: 'integer', substitute_id: 'text', away_from: 'date', away_to: 'date', target_calls: 'integer', target_currency: 'bpchar', target_promised_minor: 'bigint', target_collected_minor: 'bigint', stated_by: 'text', recorded_at: 'timestamptz', collects: 'boolean', minutes_a_day: 'integer' },
  command_log: { tenant_id: 'uuid', id: 'uuid', name: 'text', input_hash: 'bytea', actor: 'text', result: 'json', recorded_at: 'timestamptz' },
  comment: { tenant_id: 'uuid', id: 'uuid', subject_kind: 'text', subject_id: 'uuid', customer_id: 'uuid', words: 'text', mentions: 'uuid[]', written_by: 'text', written_at: 'timestamptz' },
  company: { tenant_id: 'uuid', id: 'uuid', code: 'text', name: 'text', functional_currency: 'bpchar', country: 'bpchar', language: 'text', time_zone: 'text', street: 'text', postal_code: 'text', city: 'text', tax_id: 'text', registration_no: 'text', bank_name: 'text', iban: 'text', bic: 'text', email: 'text', phone: 'text', created_at: 'timestamptz', reference_scheme: 'text', network_address: 'text', account_number: 'text', routing_number: 'text' },
  company_footnote: { tenant_id: 'uuid', company_id: 'uuid', language: 'text', position: 'smallint', text: 'text' },
  company_handover: { tenant_id: 'uuid', id: 'uuid', payment_id: 'uuid', from_company_id: 'uuid', to_company_id: 'uuid', customer_id: 'uuid', currency: 'bpchar', amount_minor: 'bigint', from_functional_minor: 'bigint', to_functional_minor: 'bigint', handed_on: 'date', from_item_id: 'uuid', to_item_id: 'uuid', from_entry_id: 'uuid', to_entry_id: 'uuid', reverses_id: 'uuid', recorded_at: 'timestamptz' },
  company_look: { tenant_id: 'uuid', company_id: 'uuid', paper: 'text', address_window: 'text', accent: 'text', font: 'text', marks: 'boolean', logo: 'bytea' },
  company_print: { tenant_id: 'uuid', company_id: 'uuid', second_language: 'text', pay_link: 'text', upi_id: 'text' },
  consented_application: { tenant_id: 'uuid', application_id: 'uuid', consent_id: 'uuid', recorded_at: 'timestamptz' },
  contact: { tenant_id: 'uuid', id: 'uuid', customer_id: 'uuid', name: 'text', role: 'text', email: 'text', phone: 'text', language: 'text', created_at: 'timestamptz', archived_at: 'timestamptz' },
  credit_consent: { tenant_id: 'uuid', id: 'uuid', customer_id: 'uuid', is_given: 'boolean', said_by: 'text', said_on: 'date', note: 'text', recorded_by: 'text', recorded_at: 'timestamptz' },
  credit_reason: { tenant_id: 'uuid', code: 'text', label: 'text', position: 'smallint', names: 'jsonb' },
  customer: { tenant_id: 'uuid', id: 'uuid', number: 'text', name: 'text', parent_id: 'uuid', tax_id: 'text', country: 'bpchar', language: 'text', time_zone: 'text', payment_terms_id: 'uuid', batch_id: 'uuid', created_at: 'timestamptz', archived_at: 'timestamptz', name_key: 'text', search_text: 'text' },
  customer_bank_account: { tenant_id: 'uuid', id: 'uuid', customer_id: 'uuid', account: 'text', source: 'text', created_at: 'timestamptz', archived_at: 'timestamptz' },
  customer_figures: { tenant_id: 'uuid', company_id: 'uuid', customer_id: 'uuid', open_minor: 'bigint', overdue_minor: 'bigint' },
  customer_figures_state: { tenant_id: 'uuid', as_of: 'date', refreshed_at: 'timestamptz' },
  customer_matching: { tenant_id: 'uuid', id: 'uuid', customer_id: 'uuid', method: 'text', with_disputed: 'boolean', recorded_by: 'text', recorded_at: 'timestamptz' },
  customer_print: { tenant_id: 'uuid', customer_id: 'uuid', second_language: 'text' },
  customer_tag: { tenant_id: 'uuid', customer_id: 'uuid', tag: 'text', tagged_by: 'text', recorded_at: 'timestamptz' },
  day_sign_off: { tenant_id: 'uuid', id: 'uuid', bank_account_id: 'uuid', day: 'date', figures: 'jsonb', figures_sha256: 'bytea', note: 'text', signed_by: 'text', signed_at: 'timestamptz', reopened_by: 'text', reopened_at: 'timestamptz', reopened_reason: 'text' },
  debtor_kind: { tenant_id: 'uuid', id: 'uuid', customer_id: 'uuid', kind: 'text', recorded_by: 'text', recorded_at: 'timestamptz' },
  delegation: { tenant_id: 'uuid', id: 'uuid', from_user: 'text', to_user: 'text', starts_on: 'date', ends_on: 'date', reason: 'text', created_by: 'text', created_at: 'timestamptz', ended_at: 'timestamptz' },
  delivery_by_portal: { tenant_id: 'uuid', customer_id: 'uuid', portal: 'text', from_on: 'date', changed_by: 'text', changed_at: 'timestamptz', company_id: 'uuid', of_company: 'uuid' },
  delivery_preference: { tenant_id: 'uuid', customer_id: 'uuid', channels: 'text[]', falls_back: 'boolean', email_to: 'text', copies: 'text[]', attaches: 'text[]', sms_number: 'text', network_address: 'text', consent_on: 'date', consent_note: 'text', changed_by: 'text', changed_at: 'timestamptz', e_invoice: 'text', buyer_reference: 'text', purchase_order: 'text' },
  delivery_problem: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', customer_id: 'uuid', message_id: 'uuid', document_id: 'uuid', kind: 'text', severity: 'text', address: 'text', detail: 'text', opened_at: 'timestamptz', closed_at: 'timestamptz', closed_by: 'text', resolution: 'text' },
  delivery_setting: { tenant_id: 'uuid', company_id: 'uuid', channels: 'text[]', delivers_on_issue: 'boolean', from_name: 'text', from_address: 'text', reply_to: 'text', signature: 'text', bounce_address: 'text', asks_for_receipt: 'boolean', attaches: 'text[]', changed_by: 'text', changed_at: 'timestamptz', view_days: 'integer', offers_stop: 'boolean' },
  difference_limit: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', role: 'text', user_id: 'uuid', currency: 'bpchar', stance: 'text', amount_max_minor: 'bigint', percent_max: 'numeric', valid_from: 'date', recorded_by: 'text', recorded_at: 'timestamptz' },
  discount_country: { tenant_id: 'uuid', company_id: 'uuid', country: 'bpchar', discount_base: 'text', corrects_tax: 'boolean' },
  discount_offer: { tenant_id: 'uuid', id: 'uuid', item_id: 'uuid', company_id: 'uuid', customer_id: 'uuid', currency: 'bpchar', amount_minor: 'bigint', apr: 'numeric', year_days: 'smallint', due_on: 'date', offered_on: 'date', expires_on: 'date', recorded_at: 'timestamptz' },
  discount_offer_answer: { tenant_id: 'uuid', offer_id: 'uuid', answer: 'text', answered_on: 'date', pay_on: 'date', discount_minor: 'bigint', recorded_at: 'timestamptz' },
  discount_reversal: { tenant_id: 'uuid', credit_note_id: 'uuid', currency: 'bpchar', discount_minor: 'bigint', tax_minor: 'bigint', taxes: 'jsonb', functional_minor: 'bigint', recorded_at: 'timestamptz' },
  dispute: { tenant_id: 'uuid', id: 'uuid', kind: 'text', company_id: 'uuid', customer_id: 'uuid', number: 'text', currency: 'bpchar', opened_on: 'date', opened_by: 'text', source: 'text', payment_id: 'uuid', claim_number: 'text', claim_key: 'text', claim_code: 'text', duplicate_of: 'uuid', recorded_at: 'timestamptz' },
  dispute_closing: { tenant_id: 'uuid', id: 'uuid', dispute_id: 'uuid', outcome: 'text', root_cause: 'text', note: 'text', closed_on: 'date', closed_by: 'text', recorded_at: 'timestamptz', reopened_on: 'date', reopened_by: 'text', reopened_note: 'text', reopened_at: 'timestamptz' },
  dispute_exclusion: { tenant_id: 'uuid', exclusion_id: 'uuid', dispute_id: 'uuid', item_id: 'uuid', amount_minor: 'bigint', recorded_at: 'timestamptz' },
  dispute_item: { tenant_id: 'uuid', dispute_id: 'uuid', item_id: 'uuid', amount_minor: 'bigint' },
  dispute_reason: { tenant_id: 'uuid', id: 'uuid', dispute_id: 'uuid', reason: 'text', note: 'text', stated_by: 'text', recorded_at: 'timestamptz' },
  dispute_reason_kind: { tenant_id: 'uuid', id: 'uuid', code: 'text', name: 'text', in_use: 'boolean', recorded_by: 'text', recorded_at: 'timestamptz' },
  dispute_release: { tenant_id: 'uuid', id: 'uuid', dispute_id: 'uuid', item_id: 'uuid', amount_minor: 'bigint', released_on: 'date', note: 'text', released_by: 'text', recorded_at: 'timestamptz' },
  dispute_remedy: { tenant_id: 'uuid', dispute_id: 'uuid', document_id: 'uuid', recorded_by: 'text', recorded_at: 'timestamptz' },
  drawn_document: { tenant_id: 'uuid', named_by: 'bytea', pdf: 'bytea', used_on: 'date' },
  dropped_difference: { tenant_id: 'uuid', application_id: 'uuid', item_id: 'uuid', payment_id: 'uuid', customer_id: 'uuid', currency: 'bpchar', difference_minor: 'bigint', basis: 'text', evidence: 'jsonb', dropped_by: 'text', recorded_at: 'timestamptz', kind: 'text' },
  escalation_notice: { tenant_id: 'uuid', payment_id: 'uuid', user_id: 'text', told_at: 'timestamptz', round: 'integer' },
  event: { tenant_id: 'uuid', id: 'uuid', type: 'text', subject_id: 'uuid', customer_id: 'uuid', actor: 'text', command_id: 'uuid', data: 'jsonb', recorded_at: 'timestamptz' },
  evidence_pack: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', customer_id: 'uuid', hand_over_id: 'uuid', asked_by: 'text', asked_at: 'timestamptz', drawing_no: 'integer', worked_at: 'timestamptz', drawn: 'integer', to_draw: 'integer', ended_at: 'timestamptz', problem: 'text', problem_facts: 'jsonb', as_of: 'date', items: 'jsonb', bytes: 'integer', sha256: 'bytea', list_sha256: 'bytea', removed_at: 'timestamptz' },
  evidence_pack_part: { tenant_id: 'uuid', pack_id: 'uuid', part_no: 'integer', content: 'bytea' },
  exchange_rate: { tenant_id: 'uuid', id: 'uuid', base: 'bpchar', quote: 'bpchar', valid_on: 'date', rate: 'numeric', source: 'text', recorded_at: 'timestamptz' },
  experiment: { tenant_id: 'uuid', id: 'uuid', number: 'integer', name: 'text', note: 'text', policy_code: 'text', offset_days: 'integer', phase: 'text', kind: 'text', later_days: 'smallint', share_percent: 'smallint', seed: 'text', metric: 'text', window_days: 'smallint', expected: 'smallint', starts_on: 'date', ends_on: 'date', registered_by: 'text', recorded_at: 'timestamptz' },
  experiment_end: { tenant_id: 'uuid', experiment_id: 'uuid', kind: 'text', note: 'text', found: 'jsonb', ended_on: 'date', ended_by: 'text', recorded_at: 'timestamptz' },
  experiment_entry: { tenant_id: 'uuid', experiment_id: 'uuid', customer_id: 'uuid', company_id: 'uuid', arm: 'text', entered_on: 'date', recorded_at: 'timestamptz' },
  experiment_item: { tenant_id: 'uuid', experiment_id: 'uuid', customer_id: 'uuid', item_id: 'uuid', open_minor: 'bigint' },
  explained_payment: { tenant_id: 'uuid', explanation_id: 'uuid', payment_id: 'uuid' },
  gate_result: { tenant_id: 'uuid', id: 'uuid', message_id: 'uuid', attempt_no: 'smallint', verdict: 'text', reason: 'text', waits_until: 'timestamptz', checks: 'jsonb', recorded_at: 'timestamptz' },
  gate_setting: { tenant_id: 'uuid', id: 'uuid', fresh_hours: 'integer', without_bank: 'text', unwatched: 'uuid[]', contacts_max: 'integer', contacts_days: 'integer', open_hours: 'text', quiet_holidays: 'text', packs: 'text[]', stated_by: 'text', recorded_at: 'timestamptz' },
  hand_over: { tenant_id: 'uuid', id: 'uuid', number: 'bigint', company_id: 'uuid', customer_id: 'uuid', currency: 'bpchar', route: 'text', agency_version_id: 'uuid', handed_on: 'date', interest: 'text', conditions: 'jsonb', note: 'text', handed_by: 'text', recorded_at: 'timestamptz' },
  hand_over_item: { tenant_id: 'uuid', hand_over_id: 'uuid', item_id: 'uuid', amount_minor: 'bigint', interest_exclusion_id: 'uuid', ended_on: 'date', ended: 'text' },
  hand_over_news: { tenant_id: 'uuid', id: 'uuid', hand_over_id: 'uuid', status: 'text', happened_on: 'date', reference: 'text', note: 'text', fee_minor: 'bigint', told_by: 'text', recorded_at: 'timestamptz', document_id: 'uuid' },
  handover_setting: { tenant_id: 'uuid', id: 'uuid', from_company_id: 'uuid', to_company_id: 'uuid', side: 'text', allowed: 'boolean', stated_by: 'text', recorded_at: 'timestamptz' },
  hold: { tenant_id: 'uuid', id: 'uuid', customer_id: 'uuid', item_id: 'uuid', note: 'text', starts_on: 'date', ends_on: 'date', placed_by: 'text', recorded_at: 'timestamptz', released_at: 'timestamptz', released_by: 'text', company_id: 'uuid', contact_id: 'uuid', reason: 'text', owner_id: 'text', scope: 'text' },
  hold_change: { tenant_id: 'uuid', id: 'uuid', hold_id: 'uuid', kind: 'text', ended_on: 'date', ends_on: 'date', owned_by: 'text', owner_id: 'text', note: 'text', changed_by: 'text', recorded_at: 'timestamptz' },
  hold_notice: { tenant_id: 'uuid', hold_id: 'uuid', ends_on: 'date', owner_id: 'text', told_at: 'timestamptz' },
  hold_reason_kind: { tenant_id: 'uuid', id: 'uuid', code: 'text', name: 'text', in_use: 'boolean', recorded_by: 'text', recorded_at: 'timestamptz' },
  import_batch: { tenant_id: 'uuid', id: 'uuid', kind: 'text', company_id: 'uuid', file_name: 'text', file_sha256: 'bytea', mapping: 'jsonb', rows: 'integer', created: 'integer', unchanged: 'integer', recorded_at: 'timestamptz', recorded_by: 'text', undone_at: 'timestamptz', undone_by: 'text' },
  import_file: { tenant_id: 'uuid', id: 'uuid', kind: 'text', name: 'text', bytes: 'bigint', sha256: 'bytea', created_by: 'text', created_at: 'timestamptz' },
  import_file_part: { tenant_id: 'uuid', file_id: 'uuid', part_no: 'integer', content: 'bytea' },
  import_mapping: { tenant_id: 'uuid', kind: 'text', header_hash: 'bytea', mapping: 'jsonb', recorded_at: 'timestamptz' },
  import_run: { tenant_id: 'uuid', id: 'uuid', file_id: 'uuid', kind: 'text', company_id: 'uuid', mode: 'text', mapping: 'jsonb', state: 'text', rows_done: 'integer', share: 'integer', result: 'jsonb', started_by: 'text', created_at: 'timestamptz', finished_at: 'timestamptz' },
  inbound_mail: { tenant_id: 'uuid', id: 'uuid', raw: 'bytea', sha256: 'bytea', kind: 'text', sender: 'text', subject: 'text', message_id: 'uuid', known_by: 'text', received_at: 'timestamptz', company_id: 'uuid' },
  inbox_bar: { tenant_id: 'uuid', id: 'uuid', intent: 'text', bar: 'numeric', set_by: 'text', set_at: 'timestamptz' },
  inbox_conversation: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', customer_id: 'uuid', subject: 'text', state: 'text', assigned_to: 'uuid', waiting_since: 'timestamptz', last_at: 'timestamptz', version: 'integer', begun_at: 'timestamptz' },
  inbox_mail: { tenant_id: 'uuid', id: 'uuid', conversation_id: 'uuid', inbound_mail_id: 'uuid', identifier: 'text', kind: 'text', sender: 'text', subject: 'text', words: 'text', files: 'jsonb', message_id: 'uuid', known_by: 'text', received_at: 'timestamptz' },
  inbox_note: { tenant_id: 'uuid', id: 'uuid', conversation_id: 'uuid', words: 'text', mentions: 'uuid[]', written_by: 'text', written_at: 'timestamptz' },
  inbox_proposal: { tenant_id: 'uuid', id: 'uuid', mail_id: 'uuid', intent: 'text', from_at: 'integer', to_at: 'integer', quote: 'text', confidence: 'numeric', facts: 'jsonb', decision: 'text', is_changed: 'boolean', outcome: 'jsonb', decided_by: 'text', decided_at: 'timestamptz' },
  inbox_reply: { tenant_id: 'uuid', id: 'uuid', conversation_id: 'uuid', mail_id: 'uuid', message_id: 'uuid', subject: 'text', words: 'text', invoice_ids: 'uuid[]', statement_on: 'date', written_by: 'text', written_at: 'timestamptz' },
  inbox_sender: { tenant_id: 'uuid', id: 'uuid', address: 'text', customer_id: 'uuid', said_by: 'text', said_at: 'timestamptz' },
  inbox_snippet: { tenant_id: 'uuid', id: 'uuid', name: 'text', words: 'text', set_by: 'text', set_at: 'timestamptz' },
  invoice: { tenant_id: 'uuid', id: 'uuid', kind: 'text', company_id: 'uuid', customer_id: 'uuid', number: 'text', series: 'text', series_number: 'bigint', external_id: 'text', issued_on: 'date', due_on: 'date', currency: 'bpchar', net_minor: 'bigint', tax_minor: 'bigint', total_minor: 'bigint', rate: 'numeric', functional_minor: 'bigint', purchase_order: 'text', payment_reference: 'text', note: 'text', corrects_id: 'uuid', reason: 'text', batch_id: 'uuid', recorded_at: 'timestamptz', voided_on: 'date', rounding_minor: 'bigint', reason_code: 'text' },
  invoice_allowance: { tenant_id: 'uuid', invoice_id: 'uuid', line_no: 'smallint', allowance_no: 'smallint', kind: 'text', amount_minor: 'bigint', base_minor: 'bigint', percent: 'numeric', reason: 'text', reason_code: 'text', tax_category: 'text', tax_percent: 'numeric' },
  invoice_content: { tenant_id: 'uuid', invoice_id: 'uuid', buyer_reference: 'text', sales_order: 'text', contract: 'text', project: 'text', despatch_advice: 'text', receiving_advice: 'text', object: 'text', delivered_on: 'date', period_from: 'date', period_to: 'date', tax_point_on: 'date', delivery: 'jsonb', seller: 'jsonb', buyer: 'jsonb', footnotes: 'jsonb', footnotes_chosen: 'boolean', letterhead_id: 'uuid' },
  invoice_draft: { tenant_id: 'uuid', id: 'uuid', body: 'jsonb', company_id: 'uuid', customer_id: 'uuid', currency: 'bpchar', total_minor: 'bigint', version: 'integer', source: 'text', state: 'text', invoice_id: 'uuid', refusal: 'jsonb', created_by: 'text', created_at: 'timestamptz', changed_at: 'timestamptz' },
  invoice_line: { tenant_id: 'uuid', invoice_id: 'uuid', line_no: 'smallint', description: 'text', quantity: 'numeric', unit: 'text', unit_price: 'numeric', tax_category: 'text', tax_percent: 'numeric', net_minor: 'bigint', detail: 'text', unit_code: 'text', base_quantity: 'numeric', seller_item: 'text', buyer_item: 'text', period_from: 'date', period_to: 'date', order_line: 'text', note: 'text' },
  invoice_tax: { tenant_id: 'uuid', invoice_id: 'uuid', tax_category: 'text', tax_percent: 'numeric', net_minor: 'bigint', tax_minor: 'bigint', exemption_reason: 'text', exemption_code: 'text' },
  issue_finding: { tenant_id: 'uuid', invoice_id: 'uuid', finding_no: 'smallint', check_code: 'text', field: 'text', message: 'text', accepted_by: 'text', recorded_at: 'timestamptz' },
  issue_run: { tenant_id: 'uuid', id: 'uuid', state: 'text', drafts: 'integer', started_by: 'text', created_at: 'timestamptz', finished_at: 'timestamptz' },
  issue_run_draft: { tenant_id: 'uuid', run_id: 'uuid', draft_id: 'uuid', position: 'integer', outcome: 'text', refusal: 'jsonb' },
  issued_terms: { tenant_id: 'uuid', document_id: 'uuid', payment_terms_id: 'uuid', version: 'integer', recorded_at: 'timestamptz' },
  item_discount: { tenant_id: 'uuid', id: 'uuid', item_id: 'uuid', source: 'text', until_on: 'date', grace_days: 'integer', percent: 'numeric', currency: 'bpchar', discount_minor: 'bigint', pay_minor: 'bigint', corrects_tax: 'boolean', pro_rata: 'boolean', offer_id: 'uuid', recorded_at: 'timestamptz' },
  journal_entry: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', posted_on: 'date', recorded_at: 'timestamptz', kind: 'text', document_id: 'uuid', reverses_id: 'uuid', command_id: 'uuid' },
  journal_line: { tenant_id: 'uuid', entry_id: 'uuid', line_no: 'smallint', company_id: 'uuid', account: 'text', customer_id: 'uuid', item_id: 'uuid', due_on: 'date', currency: 'bpchar', amount_minor: 'bigint', functional_minor: 'bigint', posted_on: 'date', recorded_at: 'timestamptz' },
  late_discount: { tenant_id: 'uuid', application_id: 'uuid', item_id: 'uuid', payment_id: 'uuid', customer_id: 'uuid', currency: 'bpchar', discount_minor: 'bigint', until_on: 'date', paid_on: 'date', recorded_at: 'timestamptz' },
  ledger_account: { tenant_id: 'uuid', company_id: 'uuid', account: 'text', code: 'text', name: 'text', kind: 'text', control: 'boolean' },
  ledger_day: { tenant_id: 'uuid', posted_on: 'date', id: 'uuid', company_id: 'uuid', account: 'text', currency: 'bpchar', is_credit: 'boolean', due_on: 'date', amount_minor: 'bigint', functional_minor: 'bigint', is_melted: 'boolean' },
  letterhead: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', version: 'integer', texts: 'jsonb', recorded_at: 'timestamptz' },
  line_explanation: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', bank_account_id: 'uuid', statement_line_id: 'uuid', booked_on: 'date', kind: 'text', currency: 'bpchar', amount_minor: 'bigint', functional_minor: 'bigint', note: 'text', rule_id: 'uuid', given_up_id: 'uuid', recorded_id: 'uuid', explained_by: 'text', recorded_at: 'timestamptz', undone_by: 'text', undone_at: 'timestamptz', undone_note: 'text' },
  mail_account: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', brings: 'text', host: 'text', port: 'integer', security: 'text', user_name: 'text', sealed_password: 'bytea', folder: 'text', read_from: 'date', afterwards: 'text', move_to: 'text', opened_by: 'text', opened_at: 'timestamptz', closed_by: 'text', closed_at: 'timestamptz', uid_validity: 'bigint', last_uid: 'bigint', mails_taken: 'integer', in_hand_until: 'timestamptz', read_at: 'timestamptz', trouble: 'text', trouble_words: 'text', trouble_since: 'timestamptz', failed_tries: 'integer', sign_in: 'text', watched_by: 'uuid', watched_until: 'timestamptz' },
  mail_account_skip: { tenant_id: 'uuid', id: 'uuid', account_id: 'uuid', uid_validity: 'bigint', uid: 'bigint', sender: 'text', subject: 'text', bytes: 'bigint', reason: 'text', noted_at: 'timestamptz' },
  match_certificate: { tenant_id: 'uuid', payment_id: 'uuid', rule: 'text', probability: 'numeric', certificate: 'jsonb', recorded_at: 'timestamptz' },
  matching_rules: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', apply_from: 'smallint', suggest_from: 'smallint', unknown_payers: 'text', recorded_by: 'text', recorded_at: 'timestamptz', group_payments: 'text' },
  member: { tenant_id: 'uuid', user_id: 'text', role: 'text', created_at: 'timestamptz', removed_at: 'timestamptz' },
  message: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', customer_id: 'uuid', purpose: 'text', channel: 'text', state: 'text', recipient: 'text', language: 'text', subject: 'text', message_header: 'text', tries: 'integer', last_answer: 'text', run_on: 'date', created_at: 'timestamptz', sent_at: 'timestamptz', transport: 'text', next_try_at: 'timestamptz', document_id: 'uuid', copies: 'text[]', return_token: 'text', carrier_reference: 'text', replaces_id: 'uuid', post_batch_id: 'uuid', carrier_asked_at: 'timestamptz', run_id: 'uuid' },
  message_attempt: { tenant_id: 'uuid', message_id: 'uuid', attempt_no: 'smallint', transport: 'text', raw: 'bytea', raw_sha256: 'bytea', started_at: 'timestamptz', alive_at: 'timestamptz', ended_at: 'timestamptz', outcome: 'text', answer: 'text', written_from: 'bytea', is_handed: 'boolean', is_packed: 'boolean' },
  message_signal: { tenant_id: 'uuid', id: 'uuid', message_id: 'uuid', kind: 'text', severity: 'text', address: 'text', detail: 'text', inbound_mail_id: 'uuid', happened_at: 'timestamptz', recorded_at: 'timestamptz' },
  message_template: { tenant_id: 'uuid', company_id: 'uuid', kind: 'text', language: 'text', version: 'integer', subject: 'text', plain: 'text', html: 'text', note: 'text', written_by: 'text', written_at: 'timestamptz', closing: 'text' },
  number_series: { tenant_id: 'uuid', company_id: 'uuid', document_kind: 'text', series: 'text', pattern: 'text', next_number: 'bigint' },
  open_item: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', customer_id: 'uuid', kind: 'text', document_id: 'uuid', instalment: 'smallint', reference: 'text', account: 'text', currency: 'bpchar', amount_minor: 'bigint', open_minor: 'bigint', functional_minor: 'bigint', open_functional_minor: 'bigint', posted_on: 'date', due_on: 'date', recorded_at: 'timestamptz', reference_key: 'text' },
  own_day: { tenant_id: 'uuid', on_day: 'date', is_open: 'boolean', name: 'text' },
  past_count: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', on_day: 'date', counts: 'jsonb', looked: 'integer', after_id: 'uuid', begun_at: 'timestamptz', looked_at: 'timestamptz', finished_at: 'timestamptz' },
  pay_account: { tenant_id: 'uuid', company_id: 'uuid', currency: 'text', bank_name: 'text', iban: 'text', bic: 'text', account_number: 'text', routing_number: 'text' },
  payer_alias: { tenant_id: 'uuid', id: 'uuid', kind: 'text', written: 'text', key: 'text', customer_id: 'uuid', right_count: 'integer', asked_count: 'integer', payment_id: 'uuid', until_on: 'date', accepted_by: 'text', accepted_at: 'timestamptz', revoked_by: 'text', revoked_at: 'timestamptz' },
  payer_habit: { tenant_id: 'uuid', company_id: 'uuid', customer_id: 'uuid', payments: 'integer', habits: 'jsonb', learnt_at: 'timestamptz' },
  payer_habit_pool: { tenant_id: 'uuid', company_id: 'uuid', habits: 'jsonb', amounts: 'jsonb', learnt_at: 'timestamptz', learnt_moment: 'timestamptz', learnt_payment: 'uuid' },
  payment: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', customer_id: 'uuid', direction: 'text', number: 'text', external_id: 'text', statement_line_id: 'uuid', received_on: 'date', currency: 'bpchar', amount_minor: 'bigint', rate: 'numeric', functional_minor: 'bigint', payer_name: 'text', payer_account: 'text', reference: 'text', method: 'text', batch_id: 'uuid', recorded_at: 'timestamptz', returned_on: 'date', number_key: 'text', payer_key: 'text', reference_key: 'text' },
  payment_return: { tenant_id: 'uuid', payment_id: 'uuid', returned_on: 'date', reason: 'text', statement_line_id: 'uuid', recorded_at: 'timestamptz', code: 'text', fee_minor: 'bigint' },
  payment_terms: { tenant_id: 'uuid', id: 'uuid', code: 'text', name: 'text', created_at: 'timestamptz', version: 'integer' },
  payment_terms_version: { tenant_id: 'uuid', payment_terms_id: 'uuid', version: 'integer', rules: 'jsonb', recorded_at: 'timestamptz' },
  payout_arrival: { tenant_id: 'uuid', explanation_id: 'uuid', gateway_line_id: 'uuid', bank_line_id: 'uuid', rule: 'text', recorded_by: 'text', recorded_at: 'timestamptz' },
  payout_columns: { tenant_id: 'uuid', id: 'uuid', gateway: 'text', headings: 'jsonb', key: 'text', columns: 'jsonb', version: 'integer', said_by: 'text', said_at: 'timestamptz', ended_by: 'text', ended_at: 'timestamptz' },
  policy: { tenant_id: 'uuid', id: 'uuid', name: 'text', set_id: 'uuid', place: 'smallint', code: 'text' },
  policy_set: { tenant_id: 'uuid', id: 'uuid', number: 'integer', name: 'text', stage: 'text', file: 'jsonb', note: 'text', made_by: 'text', made_at: 'timestamptz', changed_at: 'timestamptz', live_by: 'text', live_at: 'timestamptz', retired_at: 'timestamptz', revision: 'integer' },
  policy_step: { tenant_id: 'uuid', policy_id: 'uuid', step: 'smallint', offset_days: 'integer', phase: 'text', template: 'text' },
  portal_setting: { tenant_id: 'uuid', id: 'uuid', customer_id: 'uuid', in_use: 'boolean', portal: 'text', address: 'text', supplier_number: 'text', user_id: 'text', within_days: 'smallint', uploads: 'text[]', from_on: 'date', instead: 'boolean', chases_unposted: 'boolean', stated_by: 'text', recorded_at: 'timestamptz', company_id: 'uuid', follows: 'boolean' },
  portal_step: { tenant_id: 'uuid', document_id: 'uuid', step_no: 'smallint', kind: 'text', happened_on: 'date', portal_number: 'text', reason: 'text', note: 'text', message_id: 'uuid', due_on: 'date', undoes_no: 'smallint', taken_by: 'text', recorded_at: 'timestamptz' },
  portal_upload: { tenant_id: 'uuid', document_id: 'uuid', company_id: 'uuid', customer_id: 'uuid', issued_on: 'date', first_due_on: 'date', state: 'text', due_on: 'date', attempts: 'smallint', steps: 'smallint', recorded_at: 'timestamptz' },
  post_batch: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', letters: 'integer', file: 'bytea', sha256: 'bytea', made_by: 'text', made_at: 'timestamptz', posted_on: 'date', posted_by: 'text', form: 'text', pages: 'integer', sheets: 'integer', contents: 'jsonb', is_duplex: 'boolean', separates: 'boolean', printed_by: 'text', printed_at: 'timestamptz', looked: 'integer', to_look: 'integer', set_aside: 'integer', worked_at: 'timestamptz' },
  posting_export: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', exported_by: 'text', recorded_at: 'timestamptz' },
  posting_setting: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', from_on: 'date', stated_by: 'text', recorded_at: 'timestamptz' },
  posting_step: { tenant_id: 'uuid', id: 'uuid', payment_id: 'uuid', part: 'text', state: 'text', export_id: 'uuid', reference: 'text', reason: 'text', posted_on: 'date', recorded_by: 'text', recorded_at: 'timestamptz', answered_export_id: 'uuid', handover_id: 'uuid' },
  promise: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', customer_id: 'uuid', currency: 'bpchar', promised_on: 'date', level: 'smallint', contact_id: 'uuid', said_by: 'text', way: 'text', note: 'text', taken_by: 'text', recorded_at: 'timestamptz' },
  promise_break: { tenant_id: 'uuid', promise_id: 'uuid', short_minor: 'bigint', recorded_at: 'timestamptz' },
  promise_end: { tenant_id: 'uuid', promise_id: 'uuid', kind: 'text', replaced_by: 'uuid', ended_on: 'date', note: 'text', ended_by: 'text', recorded_at: 'timestamptz' },
  promise_item_end: { tenant_id: 'uuid', promise_id: 'uuid', item_id: 'uuid', replaced_by: 'uuid', ended_on: 'date', recorded_at: 'timestamptz' },
  promise_part: { tenant_id: 'uuid', promise_id: 'uuid', part_no: 'smallint', item_id: 'uuid', promised_for: 'date', amount_minor: 'bigint', open_minor: 'bigint' },
  promise_setting: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', tolerance_days: 'smallint', stated_by: 'text', recorded_at: 'timestamptz' },
  receipt_escalation: { tenant_id: 'uuid', payment_id: 'uuid', waited_hours: 'integer', owner_id: 'text', recorded_at: 'timestamptz', round: 'integer', team_id: 'uuid' },
  receipt_mark: { tenant_id: 'uuid', id: 'uuid', payment_id: 'uuid', kind: 'text', user_id: 'text', note: 'text', marked_by: 'text', marked_at: 'timestamptz', ended_by: 'text', ended_at: 'timestamptz', look_again_at: 'timestamptz' },
  receipt_owner: { tenant_id: 'uuid', id: 'uuid', payment_id: 'uuid', user_id: 'text', assigned_by: 'text', recorded_at: 'timestamptz', team_id: 'uuid' },
  receipt_team: { tenant_id: 'uuid', id: 'uuid', made_by: 'text', recorded_at: 'timestamptz' },
  receipt_team_version: { tenant_id: 'uuid', team_id: 'uuid', version: 'integer', name: 'text', lead_id: 'text', member_ids: 'text[]', is_ended: 'boolean', stated_by: 'text', recorded_at: 'timestamptz' },
  receiving_account: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', currency: 'text', account: 'text', bank_name: 'text', bic: 'text', routing_number: 'text', recorded_by: 'text', recorded_at: 'timestamptz' },
  receiving_account_given: { tenant_id: 'uuid', account_id: 'uuid', company_id: 'uuid', currency: 'text', customer_id: 'uuid', given_by: 'text', given_at: 'timestamptz', retired_by: 'text', retired_at: 'timestamptz' },
  recovery: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', customer_id: 'uuid', write_off_id: 'uuid', item_id: 'uuid', recovery_item_id: 'uuid', payment_id: 'uuid', currency: 'bpchar', amount_minor: 'bigint', functional_minor: 'bigint', recovered_on: 'date', recorded_by: 'text', recorded_at: 'timestamptz' },
  recovery_undo: { tenant_id: 'uuid', id: 'uuid', recovery_id: 'uuid', amount_minor: 'bigint', functional_minor: 'bigint', undone_on: 'date', recorded_at: 'timestamptz' },
  recurring_invoice: { tenant_id: 'uuid', id: 'uuid', name: 'text', company_id: 'uuid', customer_id: 'uuid', body: 'jsonb', unit: 'text', every: 'smallint', anchor_day: 'smallint', starts_on: 'date', ends_on: 'date', timing: 'text', prorates: 'boolean', price_steps: 'jsonb', yearly_percent: 'numeric', mode: 'text', stops_when_unpaid: 'boolean', paused_on: 'date', version: 'integer', created_by: 'text', created_at: 'timestamptz' },
  recurring_period: { tenant_id: 'uuid', recurring_id: 'uuid', period_from: 'date', period_to: 'date', draft_id: 'uuid', recorded_at: 'timestamptz' },
  reference_rate: { tenant_id: 'uuid', id: 'uuid', code: 'text', valid_from: 'date', percent: 'numeric', source: 'text', recorded_by: 'text', recorded_at: 'timestamptz' },
  refund: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', customer_id: 'uuid', currency: 'bpchar', amount_minor: 'bigint', bank_account_id: 'uuid', account: 'text', reason: 'text', account_since: 'date', payable_from: 'date', granted_by: 'text', granted_on: 'date', recorded_at: 'timestamptz' },
  refund_end: { tenant_id: 'uuid', refund_id: 'uuid', file_id: 'uuid', payment_id: 'uuid', withdrawn_reason: 'text', ended_by: 'text', recorded_at: 'timestamptz' },
  refund_file: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', bank_account_id: 'uuid', message_id: 'text', currency: 'bpchar', total_minor: 'bigint', refunds: 'integer', content: 'text', sha256: 'bytea', ordered_on: 'date', exported_by: 'text', recorded_at: 'timestamptz' },
  refund_setting: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', waiting_days: 'integer', recorded_by: 'text', recorded_at: 'timestamptz' },
  refund_shortening: { tenant_id: 'uuid', refund_id: 'uuid', reason: 'text', shortened_by: 'text', recorded_at: 'timestamptz' },
  reminder_item: { tenant_id: 'uuid', item_id: 'uuid', policy_id: 'uuid', step: 'smallint', message_id: 'uuid', customer_id: 'uuid', run_on: 'date', recorded_at: 'timestamptz', offset_days: 'integer', phase: 'text', open_minor: 'bigint' },
  reminder_left_out: { tenant_id: 'uuid', message_id: 'uuid', item_id: 'uuid', policy_id: 'uuid', step: 'smallint', offset_days: 'integer', phase: 'text', open_minor: 'bigint', reason: 'text', run_on: 'date', recorded_at: 'timestamptz' },
  reminder_run: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', run_on: 'date', started_by: 'text', started_at: 'timestamptz', finished_at: 'timestamptz', messages: 'integer', items: 'integer', left_out: 'integer', without_email: 'integer', approved: 'boolean', for_person: 'integer', set_id: 'uuid', stopped_for: 'text', looked_at: 'boolean', changed: 'integer', appeared: 'integer' },
  reminder_run_line: { tenant_id: 'uuid', run_id: 'uuid', customer_id: 'uuid', line: 'text' },
  reminder_skip: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', customer_id: 'uuid', item_id: 'uuid', from_on: 'date', until_on: 'date', reason: 'text', skipped_by: 'text', recorded_at: 'timestamptz' },
  reminder_skip_end: { tenant_id: 'uuid', skip_id: 'uuid', ended_by: 'text', recorded_at: 'timestamptz' },
  remittance: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', origin: 'text', file_name: 'text', sha256: 'text', source: 'jsonb', received_on: 'date', recorded_by: 'text', recorded_at: 'timestamptz', original: 'bytea' },
  remittance_columns: { tenant_id: 'uuid', id: 'uuid', customer_id: 'uuid', headings: 'jsonb', key: 'text', roles: 'jsonb', decimal_mark: 'bpchar', version: 'integer', chosen_by: 'text', chosen_at: 'timestamptz', ended_by: 'text', ended_at: 'timestamptz' },
  remittance_join: { tenant_id: 'uuid', id: 'uuid', remittance_id: 'uuid', payment_id: 'uuid', rule: 'text', joined_by: 'text', joined_at: 'timestamptz', parted_by: 'text', parted_at: 'timestamptz' },
  remittance_line: { tenant_id: 'uuid', reading_id: 'uuid', position: 'integer', document: 'text', document_key: 'text', amount_minor: 'bigint', discount_minor: 'bigint', deduction_minor: 'bigint', reason: 'text', claim_number: 'text', claim_code: 'text', place: 'jsonb' },
  remittance_mail: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', sha256: 'text', identifier: 'text', sender: 'text', subject: 'text', hint_customer_id: 'uuid', raw: 'bytea', received_on: 'date', recorded_by: 'text', recorded_at: 'timestamptz' },
  remittance_mail_part: { tenant_id: 'uuid', mail_id: 'uuid', position: 'integer', name: 'text', remittance_id: 'uuid', code: 'text' },
  remittance_mailbox: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', address: 'text', token: 'text', opened_by: 'text', opened_at: 'timestamptz', closed_by: 'text', closed_at: 'timestamptz' },
  remittance_reading: { tenant_id: 'uuid', id: 'uuid', remittance_id: 'uuid', revision: 'integer', customer_id: 'uuid', payer_name: 'text', currency: 'bpchar', total_minor: 'bigint', total_stated: 'boolean', paid_on: 'date', payment_reference: 'text', payment_reference_key: 'text', recorded_by: 'text', recorded_at: 'timestamptz' },
  return_fee_rule: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', currency: 'bpchar', amount_minor: 'bigint', valid_from: 'date', recorded_by: 'text', recorded_at: 'timestamptz' },
  return_follow_up: { tenant_id: 'uuid', payment_id: 'uuid', note: 'text', done_by: 'text', recorded_at: 'timestamptz' },
  return_notice: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', origin: 'text', kind: 'text', identity: 'bytea', statement_line_id: 'uuid', currency: 'bpchar', amount_minor: 'bigint', fee_minor: 'bigint', returned_on: 'date', code: 'text', end_to_end_id: 'text', original_references: 'jsonb', payer_name: 'text', payer_account: 'text', said: 'text', file_name: 'text', recorded_by: 'text', recorded_at: 'timestamptz', whose: 'text' },
  return_outcome: { tenant_id: 'uuid', notice_id: 'uuid', kind: 'text', payment_id: 'uuid', rule: 'text', evidence: 'jsonb', note: 'text', decided_by: 'text', recorded_at: 'timestamptz' },
  risk_class: { tenant_id: 'uuid', id: 'uuid', customer_id: 'uuid', class: 'text', note: 'text', stated_by: 'text', recorded_at: 'timestamptz' },
  row_before: { tenant_id: 'uuid', id: 'bigint', table_name: 'text', row_key: 'text', customer_id: 'uuid', ended_at: 'timestamptz', was: 'jsonb' },
  row_before_begin: { tenant_id: 'uuid', begins_at: 'timestamptz' },
  shadow_day: { tenant_id: 'uuid', set_id: 'uuid', company_id: 'uuid', on_day: 'date', summary: 'jsonb', recorded_at: 'timestamptz', revision: 'integer' },
  signing_certificate: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', certificate: 'bytea', chain: 'bytea', sealed_key: 'bytea', subject: 'text', issuer: 'text', serial_number: 'text', valid_from: 'timestamptz', valid_until: 'timestamptz', signs_invoices: 'boolean', kept_by: 'text', kept_at: 'timestamptz', removed_by: 'text', removed_at: 'timestamptz' },
  soft_phone: { tenant_id: 'uuid', id: 'uuid', template: 'text', stated_by: 'text', recorded_at: 'timestamptz' },
  statement: { tenant_id: 'uuid', id: 'uuid', run_id: 'uuid', company_id: 'uuid', customer_id: 'uuid', kind: 'text', from_on: 'date', as_of: 'date', state: 'text', reason: 'text', balances: 'jsonb', fingerprint: 'text', message_id: 'uuid', made_by: 'text', made_at: 'timestamptz', is_group: 'boolean', all_companies: 'boolean' },
  statement_line: { tenant_id: 'uuid', id: 'uuid', statement_id: 'uuid', bank_account_id: 'uuid', line_no: 'integer', identity: 'bytea', booked_on: 'date', value_on: 'date', currency: 'bpchar', amount_minor: 'bigint', payer_name: 'text', payer_account: 'text', end_to_end_id: 'text', bank_reference: 'text', structured_reference: 'text', remittance: 'text', returned: 'boolean', details: 'jsonb', recorded_at: 'timestamptz', payout_kind: 'text' },
  statement_preference: { tenant_id: 'uuid', customer_id: 'uuid', kind: 'text', email_to: 'text', copies: 'text[]', changed_by: 'text', changed_at: 'timestamptz', channel: 'text' },
  statement_run: { tenant_id: 'uuid', id: 'uuid', schedule_id: 'uuid', from_on: 'date', as_of: 'date', state: 'text', planned_through: 'uuid', started_by: 'text', started_at: 'timestamptz', approved_by: 'text', approved_at: 'timestamptz', finished_at: 'timestamptz' },
  statement_schedule: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', name: 'text', kind: 'text', rhythm: 'text', day: 'smallint', audience: 'text', customer_ids: 'uuid[]', minimum_minor: 'bigint', skips_unchanged: 'boolean', needs_approval: 'boolean', starts_on: 'date', ended_at: 'timestamptz', changed_by: 'text', changed_at: 'timestamptz', paused_on: 'date', groups: 'boolean', all_companies: 'boolean' },
  statement_sent: { tenant_id: 'uuid', message_id: 'uuid', statement_id: 'uuid', figures: 'jsonb', recorded_at: 'timestamptz', version: 'smallint' },
  step_act: { tenant_id: 'uuid', id: 'uuid', item_id: 'uuid', customer_id: 'uuid', policy: 'text', step: 'smallint', offset_days: 'integer', phase: 'text', way: 'text', done_on: 'date', done_by: 'text', recorded_at: 'timestamptz', taken_back_by: 'text', taken_back_at: 'timestamptz', act_id: 'uuid' },
  stop_link: { tenant_id: 'uuid', message_id: 'uuid', token: 'text', made_at: 'timestamptz' },
  suppression: { tenant_id: 'uuid', id: 'uuid', address: 'text', purpose: 'text', reason: 'text', detail: 'text', message_id: 'uuid', added_by: 'text', added_at: 'timestamptz', lifted_at: 'timestamptz', lifted_by: 'text', lift_reason: 'text' },
  task: { tenant_id: 'uuid', id: 'uuid', kind: 'text', cause: 'text', company_id: 'uuid', customer_id: 'uuid', subject_id: 'uuid', title: 'text', note: 'text', seen: 'jsonb', currency: 'bpchar', amount_minor: 'bigint', is_urgent: 'boolean', minutes: 'smallint', due_at: 'timestamptz', escalate_at: 'timestamptz', made_by: 'text', recorded_at: 'timestamptz', state: 'text', assigned_to: 'text', assigned_how: 'text', snoozed_until: 'date', outcome: 'text', escalated_at: 'timestamptz', closed_at: 'timestamptz', change_id: 'uuid', revision: 'integer' },
  task_call: { tenant_id: 'uuid', act_id: 'uuid', call_id: 'uuid', is_own: 'boolean' },
  task_change: { tenant_id: 'uuid', id: 'uuid', act_id: 'uuid', task_id: 'uuid', kind: 'text', state_before: 'text', assigned_before: 'text', how_before: 'text', snoozed_before: 'date', outcome_before: 'text', note: 'text', changed_by: 'text', recorded_at: 'timestamptz' },
  task_rules: { tenant_id: 'uuid', id: 'uuid', number: 'integer', rules: 'jsonb', stated_by: 'text', recorded_at: 'timestamptz' },
  task_skill: { tenant_id: 'uuid', id: 'uuid', user_id: 'text', takes: 'boolean', languages: 'text[]', company_ids: 'uuid[]', policies: 'text[]', kinds: 'text[]', amount_from: 'bigint', amount_to: 'bigint', minutes_a_day: 'integer', stated_by: 'text', recorded_at: 'timestamptz' },
  tax_relief: { tenant_id: 'uuid', id: 'uuid', write_off_id: 'uuid', item_id: 'uuid', why: 'text', currency: 'bpchar', tax_minor: 'bigint', functional_minor: 'bigint', rule: 'jsonb', posted_on: 'date', recorded_by: 'text', recorded_at: 'timestamptz' },
  tenant: { id: 'uuid', slug: 'text', name: 'text', time_zone: 'text', created_at: 'timestamptz' },
  terms_setting: { tenant_id: 'uuid', company_id: 'uuid', payment_terms_id: 'uuid', discount_base: 'text', corrects_tax: 'boolean', pro_rata: 'boolean', unearned: 'text', changed_at: 'timestamptz' },
  test_mail: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', recipient: 'text', subject: 'text', plain: 'text', html: 'text', state: 'text', answer: 'text', asked_by: 'text', asked_at: 'timestamptz', ended_at: 'timestamptz' },
  test_mail_file: { tenant_id: 'uuid', test_mail_id: 'uuid', file_no: 'integer', name: 'text', media_type: 'text', content: 'bytea' },
  thanks: { tenant_id: 'uuid', payment_id: 'uuid', company_id: 'uuid', customer_id: 'uuid', message_id: 'uuid', left_out: 'text', recorded_at: 'timestamptz' },
  tolerance_rule: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', customer_id: 'uuid', currency: 'bpchar', stance: 'text', amount_max_minor: 'bigint', percent_max: 'numeric', valid_from: 'date', recorded_by: 'text', recorded_at: 'timestamptz', kind: 'text' },
  view_link: { tenant_id: 'uuid', message_id: 'uuid', token: 'text', made_at: 'timestamptz', ended_at: 'timestamptz', ended_by: 'text' },
  worklist_claim: { tenant_id: 'uuid', company_id: 'uuid', customer_id: 'uuid', held_by: 'text', held_until: 'timestamptz' },
  worklist_day: { tenant_id: 'uuid', listed_on: 'date', rules_id: 'uuid', usual: 'jsonb', made_at: 'timestamptz', refreshed_at: 'timestamptz', made_upto: 'uuid' },
  worklist_done: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', customer_id: 'uuid', done_on: 'date', call_id: 'uuid', note: 'text', done_by: 'text', recorded_at: 'timestamptz', taken_at: 'timestamptz' },
  worklist_owner: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', customer_id: 'uuid', user_id: 'text', is_protected: 'boolean', assigned_by: 'text', recorded_at: 'timestamptz' },
  worklist_row: { tenant_id: 'uuid', company_id: 'uuid', customer_id: 'uuid', currency: 'bpchar', points: 'integer', expected_minor: 'bigint', overdue_minor: 'bigint', facts: 'jsonb', reasons: 'jsonb', hidden_until: 'date', woke_at: 'timestamptz', owner_id: 'text', is_protected: 'boolean' },
  worklist_rules: { tenant_id: 'uuid', id: 'uuid', number: 'integer', rules: 'jsonb', note: 'text', stated_by: 'text', recorded_at: 'timestamptz' },
  worklist_snooze: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', customer_id: 'uuid', until_on: 'date', reason: 'text', snoozed_by: 'text', recorded_at: 'timestamptz' },
  write_off: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', customer_id: 'uuid', kind: 'text', reason: 'text', currency: 'bpchar', amount_minor: 'bigint', functional_minor: 'bigint', written_off_on: 'date', recorded_at: 'timestamptz', number: 'text' },
  write_off_limit: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', role: 'text', user_id: 'uuid', currency: 'bpchar', kind: 'text', stance: 'text', amount_min_minor: 'bigint', amount_max_minor: 'bigint', valid_from: 'date', recorded_by: 'text', recorded_at: 'timestamptz' },
  write_off_run: { tenant_id: 'uuid', id: 'uuid', company_id: 'uuid', kind: 'text', reason: 'text', facts: 'jsonb', state: 'text', items: 'integer', started_by: 'text', started_at: 'timestamptz', finished_at: 'timestamptz', undos: 'integer', undo_reason: 'text', undone_by: 'text', undone_at: 'timestamptz' },
  write_off_run_item: { tenant_id: 'uuid', run_id: 'uuid', item_id: 'uuid', position: 'integer', currency: 'bpchar', amount_minor: 'bigint', outcome: 'text', obstacle: 'jsonb', write_off_id: 'uuid', undo_outcome: 'text', undo_obstacle: 'jsonb' },
  write_off_undo: { tenant_id: 'uuid', write_off_id: 'uuid', undone_on: 'date', reason: 'text', recorded_at: 'timestamptz' },
  writing_pattern: { tenant_id: 'uuid', id: 'uuid', customer_id: 'uuid', kind: 'text', figures: 'smallint', theirs: 'text', ours: 'text', form: 'text', right_count: 'integer', wrong_count: 'integer', tied_count: 'integer', payment_id: 'uuid', until_on: 'date', accepted_by: 'text', accepted_at: 'timestamptz', revoked_by: 'text', revoked_at: 'timestamptz' },
};
