// Ids, figures, lights and trends, by the same rules as rodtrad's. Figures are whole millionths.
const TAGS = {
  OrgUnit: '01', FocusArea: '05', Goal: '06', Assignment: '07', Activity: '08', Indicator: '09', Outcome: '0b',
};
const MONTHS = [
  'januari', 'februari', 'mars', 'april', 'maj', 'juni',
  'juli', 'augusti', 'september', 'oktober', 'november', 'december',
];
const SPACE = '\u00a0';

export const globalId = (type, key) =>
  Buffer.from(TAGS[type] + key.replaceAll('-', ''), 'hex').toString('base64url');

export function keyOf(id) {
  const hex = Buffer.from(id, 'base64url').toString('hex').slice(2);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

// The exact number, without trailing zeros.
export function decimal(value) {
  if (value === null || value === undefined) return null;
  const size = Math.abs(value);
  const whole = Math.trunc(size / 1e6);
  const fraction = size % 1e6;
  const sign = value < 0 ? '-' : '';
  if (fraction === 0) return `${sign}${whole}`;
  let digits = String(fraction).padStart(6, '0');
  while (digits.endsWith('0')) digits = digits.slice(0, -1);
  return `${sign}${whole}.${digits}`;
}

// Half away from zero, in units of the last decimal.
const rounded = (value, decimals) => Math.sign(value) * Math.round(Math.abs(value) / 10 ** (6 - decimals));

export function displayValue(value, { decimals, unit }) {
  if (value === null || value === undefined) return '–';
  const shown = rounded(value, decimals);
  const digits = String(Math.abs(shown)).padStart(decimals + 1, '0');
  let whole = digits.slice(0, digits.length - decimals);
  if (whole.length > 4) whole = whole.replace(/\B(?=(\d{3})+$)/g, SPACE);
  const fraction = decimals > 0 ? `,${digits.slice(-decimals)}` : '';
  return `${shown < 0 ? '−' : ''}${whole}${fraction}${unit === '' ? '' : SPACE + unit}`;
}

const higher = (value, target, tolerance) =>
  value >= target ? 'GREEN' : value >= target - tolerance ? 'YELLOW' : 'RED';

export function status({ direction, tolerance }, value, target) {
  if (value === null || value === undefined) return 'MISSING';
  if (target === null || target === undefined || direction === 'NEUTRAL') return 'NO_TARGET';
  // In twentieths, so that 5 per cent is exact.
  const [v, t, room] = [20 * value, 20 * target, tolerance === null ? Math.abs(target) : 20 * tolerance];
  if (direction === 'HIGHER_IS_BETTER') return higher(v, t, room);
  if (direction === 'LOWER_IS_BETTER') return higher(-v, -t, room);
  const distance = Math.abs(v - t);
  return distance <= room ? 'GREEN' : distance <= 2 * room ? 'YELLOW' : 'RED';
}

export function trend({ direction, decimals }, now, before, target, targetBefore) {
  if (now == null || before == null || direction === 'NEUTRAL') return 'UNKNOWN';
  const [shown, shownBefore] = [rounded(now, decimals), rounded(before, decimals)];
  let gain = shown - shownBefore;
  if (direction === 'LOWER_IS_BETTER') gain = -gain;
  if (direction === 'CLOSER_IS_BETTER') {
    if (target == null || targetBefore == null) return 'UNKNOWN';
    const unit = 10 ** (6 - decimals);
    if (gain !== 0) {
      gain = Math.abs(shownBefore * unit - targetBefore) - Math.abs(shown * unit - target);
    }
  }
  return gain > 0 ? 'IMPROVING' : gain < 0 ? 'DECLINING' : 'STABLE';
}

// The months that touch a span of days.
export function months(from, to) {
  const found = [];
  let [year, month] = from.split('-').map(Number);
  const [lastYear, lastMonth] = to.split('-').map(Number);
  while (year < lastYear || (year === lastYear && month <= lastMonth)) {
    const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
    const end = `${year}-${String(month).padStart(2, '0')}-${last}`;
    found.push({ year, month, period: { label: `${MONTHS[month - 1]} ${year}`, end } });
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
  return found;
}
