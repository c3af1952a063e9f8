/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A real 32-bit program for the case execve_32bit: opens a file that is not there, tells its comm
 * through the descriptor 198 (COMM_FD) as trigger does after an exec, and starts the program that
 * its second argument names, if it has one, with the first one alone.
 */
	.section .note.GNU-stack, "", @progbits
	.section .rodata
absent:
	.asciz "absent for 32 bits"
	.bss
comm:
	.skip 16
	.text
	.globl _start
_start:
	movl $5, %eax /* open */
	movl $absent, %ebx
	movl $0, %ecx
	movl $0, %edx
	int $0x80
	cmpl $3, (%esp) /* argc: name, path of a program, its name */
	jl tell
	movl $11, %eax /* execve */
	movl 8(%esp), %ebx
	leal 12(%esp), %ecx
	movl (%esp), %edx
	leal 8(%esp,%edx,4), %edx
	int $0x80
tell:
	movl $172, %eax /* prctl, PR_GET_NAME */
	movl $16, %ebx
	movl $comm, %ecx
	int $0x80
	xorl %edx, %edx
length:
	cmpb $0, comm(%edx)
	je write
	incl %edx
	jmp length
write:
	movl $4, %eax
	movl $198, %ebx
	movl $comm, %ecx
	int $0x80
	movl $1, %eax /* exit */
	movl $0, %ebx
	int $0x80
