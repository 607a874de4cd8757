"""The record as data: tables, GeoJSON and JSON lines, each field explained."""
