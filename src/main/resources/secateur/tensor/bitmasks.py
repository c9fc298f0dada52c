# Bit masks of matrices: uint8 (R, ceil(C / 8)), the first column in the lowest bit.

# m bool (R, C)
def pack(self: __torch__.Ops,
  m: Tensor) -> Tensor:
  missing = torch.remainder(torch.neg(torch.size(m, 1)), 8)
  full = torch.constant_pad_nd(torch.to(m, 0), [0, missing])
  grouped = torch.reshape(full, [torch.size(m, 0), torch.floordiv(torch.size(full, 1), 8), 8])
  places = torch.arange(8, dtype=0, layout=None, device=m.device)
  return torch.sum(torch.bitwise_left_shift(grouped, places), [2], False, dtype=0)

# bool (R, C)
def unpack(self: __torch__.Ops,
  bits: Tensor,
  columns: Tensor) -> Tensor:
  order = torch.arange(8, dtype=0, layout=None, device=bits.device)
  places = torch.bitwise_left_shift(torch.ones_like(order), order)
  ones = torch.to(torch.bitwise_and(torch.unsqueeze(bits, 2), places), 11)
  return torch.slice(torch.flatten(ones, 1), 1, 0, int(columns))

# how many ones each run of width columns has, int64 (R, C / width)
def counts(self: __torch__.Ops,
  bits: Tensor,
  columns: Tensor,
  width: Tensor) -> Tensor:
  m = (self).unpack(bits, columns, )
  w = int(width)
  return torch.sum(torch.reshape(m, [torch.size(m, 0), torch.floordiv(torch.size(m, 1), w), w]), [2])

# x (R, C): where bits are one, row by row, (n)
def select(self: __torch__.Ops,
  x: Tensor,
  bits: Tensor) -> Tensor:
  return torch.masked_select(x, (self).unpack(bits, torch.tensor(torch.size(x, 1)), ))

# values, n of them, back in their places among zeros, (R, C)
def fill(self: __torch__.Ops,
  values: Tensor,
  bits: Tensor,
  columns: Tensor) -> Tensor:
  m = (self).unpack(bits, columns, )
  return torch.masked_scatter(torch.new_zeros(values, [torch.size(m, 0), torch.size(m, 1)]), m, values)
