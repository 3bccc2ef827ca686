// What a page tells its script of measures and threats besides the catalogue.
import { part } from '../parts.ts'
import { readAll } from '../read-catalogue.ts'
import { listOf } from '../words.ts'
import type { Details, Threat } from './report.ts'

/** Reads `<template data-js-more>`. */
export function readDetails(root: ParentNode): { details: Map<string, Details>; threats: Threat[] } {
  const { content } = part<HTMLTemplateElement>(root, 'template[data-js-more]')
  const details = readAll(content, 'data-js-of', ({ dataset, textContent }, slug): [string, Details] => [
    slug,
    { threats: listOf(dataset.threats), time: dataset.time ?? '', cost: dataset.cost ?? '', decision: textContent },
  ])
  return {
    details: new Map(details),
    threats: readAll(content, 'data-js-threat', ({ textContent }, slug) => ({ slug, name: textContent })),
  }
}
