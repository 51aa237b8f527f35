import { areaClassification, deskClusters, drsAreas, helplineAreas } from './areas.js';

const used = (classification: 'drs' | 'helpline' | 'cluster') =>
  new Set(Object.values(areaClassification).map((area) => area[classification]));

describe('the legal areas', () => {
  it('fill the seven areas of the pilot', () => {
    expect(used('drs')).toEqual(new Set(drsAreas));
  });

  it('fill the six areas of the helpline, which has no place for other questions', () => {
    expect(used('helpline')).toEqual(new Set([...helplineAreas, null]));
  });

  it('fill the three clusters of the desk, which has no place for other questions', () => {
    expect(used('cluster')).toEqual(new Set([...deskClusters, null]));
  });

  it('count sociale voorzieningen as sociale zekerheid where the pilot is compared', () => {
    expect(areaClassification.SOCIALE_VOORZIENINGENRECHT.drs).toBe('SOCIALEZEKERHEIDSRECHT');
  });
});
