// The handbook as a page describes it to its script.
import { readMeasure, type Catalogue, type ListedMeasure } from './answers/catalogue.ts'
import { part } from './parts.ts'
import { listOf } from './words.ts'

/** What describes the handbook: `<template data-js-catalogue>`. */
export function descriptionIn(root: ParentNode): DocumentFragment {
  return part<HTMLTemplateElement>(root, 'template[data-js-catalogue]').content
}

/** Reads the description, and the methods from the links to their checklists, `[data-js-method]`. */
export function readCatalogue(root: ParentNode): Catalogue {
  const description = descriptionIn(root)
  return {
    methods: readAll(root, 'data-js-method', (link, slug) => ({
      slug,
      name: link.textContent.replace(/\s+/g, ' ').trim(),
      href: link.getAttribute('href') ?? '',
    })),
    groups: readAll(description, 'data-js-group', (element, slug) => ({
      slug,
      label: element.textContent,
      name: element.dataset.name ?? '',
    })),
    measures: readAll(description, 'data-js-measure', (element, slug): ListedMeasure => ({
      ...readMeasure(slug, element.dataset),
      number: element.dataset.number ?? '',
      title: element.textContent,
      href: element.querySelector('a')?.getAttribute('href') ?? '',
      groups: Object.fromEntries(listOf(element.dataset.in).map((place) => place.split(':'))),
    })),
  }
}

/** Reads each element that has a hook, in their order. */
export function readAll<T>(root: ParentNode, hook: string, read: (element: HTMLElement, value: string) => T): T[] {
  return [...root.querySelectorAll<HTMLElement>(`[${hook}]`)].map((element) =>
    read(element, element.getAttribute(hook) ?? ''),
  )
}
