"""Prints as JSON what a calendar (.ics) or a schedule (.xml) on the standard input says."""
import json
import sys
from datetime import timezone
from xml.etree import ElementTree

from icalendar import Calendar


def instant(value):
    return value.dt.astimezone(timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')


def calendar(data):
    parsed = Calendar.from_ical(data)
    events = [
        {
            'uid': str(event['UID']),
            'sequence': int(event['SEQUENCE']),
            'start': instant(event['DTSTART']),
            'end': instant(event['DTEND']),
            'stamp': instant(event['DTSTAMP']),
            'modified': instant(event['LAST-MODIFIED']),
            'status': str(event['STATUS']),
            'summary': str(event['SUMMARY']),
            'location': str(event['LOCATION']),
            'description': str(event['DESCRIPTION']),
            'conference': str(event['CONFERENCE']) if 'CONFERENCE' in event else None,
        }
        for event in parsed.walk('VEVENT')
    ]
    head = {key: str(value) for key, value in parsed.items() if isinstance(value, str)}
    return {'head': head, 'events': events}


def schedule(data):
    root = ElementTree.fromstring(data)
    days = [
        {
            **day.attrib,
            'rooms': [
                {
                    **room.attrib,
                    'events': [
                        {**event.attrib, **{part.tag: part.text or '' for part in event}}
                        for event in room
                    ],
                }
                for room in day.findall('room')
            ],
        }
        for day in root.findall('day')
    ]
    conference = {part.tag: part.text for part in root.find('conference')}
    return {'conference': conference, 'days': days}


data = sys.stdin.buffer.read()
json.dump((schedule if data.startswith(b'<?xml') else calendar)(data), sys.stdout)
