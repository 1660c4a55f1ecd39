import { contactOf, contactsOf } from '@cordboard/switch-sim';
import { Body, Controller, Delete, Get, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
} from '@nestjs/swagger';
import { PlaceContactBody } from './contact-bodies.ts';
import { SwitchDriver } from './switch-driver.ts';
import { orHttpError } from './switch-error.ts';
import { ContactsView, OneContactView, toContactView } from './views.ts';

/** Acts for customers who write or ask to be called back. */
@ApiTags('simulated switch')
@Controller('v1/contacts')
export class ContactsController {
  constructor(private readonly driver: SwitchDriver) {}

  @Post()
  @ApiCreatedResponse({ type: OneContactView, description: 'The contact waits, or was offered' })
  @ApiTooManyRequestsResponse({ description: 'Too many contacts wait' })
  place(@Body() body: PlaceContactBody): OneContactView {
    const { type, to, from, name, data } = body;
    const operation = { kind: 'place-contact', type, to, from, name, data } as const;
    const [placed] = orHttpError(this.driver.apply(operation));
    return this.one(placed?.type === 'ContactPlaced' ? placed.contact : '');
  }

  @Get()
  @ApiOkResponse({ type: ContactsView })
  list(): ContactsView {
    return { contacts: contactsOf(this.driver.state).map(toContactView) };
  }

  @Get(':id')
  @ApiOkResponse({ type: OneContactView })
  @ApiNotFoundResponse()
  one(@Param('id') id: string): OneContactView {
    const contact = contactOf(this.driver.state, id);
    if (contact === undefined) throw new NotFoundException(`there is no contact ${id}`);
    return { contact: toContactView(contact) };
  }

  @Delete(':id')
  @HttpCode(200)
  @ApiOkResponse({ type: OneContactView, description: 'The customer left' })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'The contact has ended' })
  leave(@Param('id') id: string): OneContactView {
    orHttpError(this.driver.apply({ kind: 'customer-leaves', contact: id }));
    return this.one(id);
  }
}
