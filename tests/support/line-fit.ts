/** Points to the straight line through them, by least squares. */

export interface LineFit {
  readonly slope: number;
  readonly intercept: number;
  /** Share of the variance that the line explains: 1 for points on it. */
  readonly rSquared: number;
}

export function lineThrough(points: readonly (readonly [x: number, y: number])[]): LineFit {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const sum = (term: (x: number, y: number) => number): number => points.reduce((total, [x, y]) => total + term(x, y), 0);
  const slope = sum((x, y) => (x - mx) * (y - my)) / sum((x) => (x - mx) ** 2);
  const intercept = my - slope * mx;
  const rSquared = 1 - sum((x, y) => (y - intercept - slope * x) ** 2) / sum((_, y) => (y - my) ** 2);
  return { slope, intercept, rSquared };
}
